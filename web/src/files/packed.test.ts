import { File as NodeFile } from 'node:buffer';
import { crc32 } from 'node:zlib';
import { afterAll, expect, test, vi } from 'vitest';
import { packed } from './packed';

// The files of the test environment cannot be read piece by piece.
vi.stubGlobal('File', NodeFile);
afterAll(() => vi.unstubAllGlobals());

const file = (name: string, text: string) => new File([text], name);

/** What the list at the end says of each file, and the bytes that lie there. */
async function membersOf(whole: File) {
  const bytes = Buffer.from(await whole.arrayBuffer());
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 6, 6]));
  const count = Number(bytes.readBigUInt64LE(end + 32));
  let at = Number(bytes.readBigUInt64LE(end + 48));
  const members = [];
  for (let idx = 0; idx < count; idx += 1) {
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const extra = at + 46 + nameLength;
    const size = Number(bytes.readBigUInt64LE(extra + 4));
    const offset = Number(bytes.readBigUInt64LE(extra + 20));
    expect(bytes.readUInt32LE(offset)).toBe(0x04034b50);
    const start = offset + 30 + nameLength + bytes.readUInt16LE(offset + 28);
    const content = bytes.subarray(start, start + size);
    expect(bytes.readUInt32LE(at + 16)).toBe(crc32(content));
    expect(bytes.readUInt32LE(offset + 14)).toBe(crc32(content));
    members.push([name, content.toString('utf8')]);
    at = extra + bytes.readUInt16LE(at + 30);
  }
  expect(bytes.readUInt32LE(at)).toBe(0x06064b50);
  return members;
}

test('files lie in the archive as they are, in the order of their names', async () => {
  const whole = await packed([
    file('02.csv', 'case,activity,time\n2,b,2024-02-01\n'),
    file('01.csv', 'case,activity,time\n1,a,2024-01-01\n'),
    file('données.csv', ''),
  ]);
  expect(whole.name).toBe('01 +2.zip');
  expect(await membersOf(whole)).toEqual([
    ['01.csv', 'case,activity,time\n1,a,2024-01-01\n'],
    ['02.csv', 'case,activity,time\n2,b,2024-02-01\n'],
    ['données.csv', ''],
  ]);
});

test('files of one name from different folders keep apart', async () => {
  const whole = await packed([file('deals.csv', 'a'), file('deals.csv', 'b'), file('deals', 'c')]);
  const names = (await membersOf(whole)).map(([name]) => name);
  expect(names).toEqual(['deals', 'deals.csv', 'deals (2).csv']);
});
