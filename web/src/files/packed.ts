// Several files as one: a ZIP archive in which they lie as they are, read by the server as one table.

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END_64 = 0x06064b50;
const PLACE_64 = 0x07064b50;
const END = 0x06054b50;
/** What stands in the short fields where the long ones count. */
const LONG = 0xffffffff;
const LONG_EXTRA = 1;
const VERSION = 45;
const NAMES_IN_UTF8 = 1 << 11;
/** The first of January 1980: when the files were packed is of no interest. */
const NO_DATE = 0x21;

interface Packed {
  name: Uint8Array<ArrayBuffer>;
  crc: number;
  size: number;
  offset: number;
}

/** The files, in the order of their names, as one that is called after the first. */
export async function packed(files: File[]): Promise<File> {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const parts: BlobPart[] = [];
  const done: Packed[] = [];
  const taken = new Set<string>();
  let offset = 0;
  for (const file of sorted) {
    const name = new TextEncoder().encode(freeName(file.name, taken));
    const one = { name, crc: await crcOf(file), size: file.size, offset };
    const head = headOf(LOCAL, one);
    parts.push(head, file);
    offset += head.byteLength + file.size;
    done.push(one);
  }
  const list = done.map((one) => headOf(CENTRAL, one));
  const listSize = list.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const [first] = sorted;
  const name = `${first?.name.replace(/\.[^.]*$/, '')} +${sorted.length - 1}.zip`;
  return new File([...parts, ...list, endOf(done.length, listSize, offset)], name);
}

/** Two files of one name may come from different folders. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) {
    free = name.replace(/(\.[^.]*)?$/, ` (${number})$1`);
  }
  taken.add(free);
  return free;
}

/** What stands before a file, or for it in the list at the end (APPNOTE 4.3.7, 4.3.12, 4.5.3). */
function headOf(kind: typeof LOCAL | typeof CENTRAL, { name, crc, size, offset }: Packed) {
  const isListed = kind === CENTRAL;
  const extra = isListed ? 28 : 20;
  const bytes = fields((put) => {
    put(4, kind);
    if (isListed) put(2, VERSION);
    put(2, VERSION);
    put(2, NAMES_IN_UTF8);
    put(2, 0);
    put(2, 0);
    put(2, NO_DATE);
    put(4, crc);
    put(4, LONG);
    put(4, LONG);
    put(2, name.length);
    put(2, extra);
    if (isListed) {
      for (const width of [2, 2, 2, 4] as const) put(width, 0);
      put(4, LONG);
    }
  });
  const long = fields((put) => {
    put(2, LONG_EXTRA);
    put(2, extra - 4);
    put(8, size);
    put(8, size);
    if (isListed) put(8, offset);
  });
  const head = new Uint8Array(bytes.length + name.length + long.length);
  head.set(bytes);
  head.set(name, bytes.length);
  head.set(long, bytes.length + name.length);
  return head;
}

/** Where the list of files is (APPNOTE 4.3.14 to 4.3.16). */
function endOf(count: number, listSize: number, listOffset: number) {
  return fields((put) => {
    put(4, END_64);
    put(8, 44);
    put(2, VERSION);
    put(2, VERSION);
    put(4, 0);
    put(4, 0);
    put(8, count);
    put(8, count);
    put(8, listSize);
    put(8, listOffset);
    put(4, PLACE_64);
    put(4, 0);
    put(8, listOffset + listSize);
    put(4, 1);
    put(4, END);
    put(2, 0);
    put(2, 0);
    put(2, 0xffff);
    put(2, 0xffff);
    put(4, LONG);
    put(4, LONG);
    put(2, 0);
  });
}

type Put = (width: 2 | 4 | 8, value: number) => void;

/** Numbers one after another, the lowest byte first. */
function fields(write: (put: Put) => void): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(256));
  let at = 0;
  write((width, value) => {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  });
  return new Uint8Array(view.buffer.slice(0, at));
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** The checksum of a file, read piece by piece. */
async function crcOf(file: File): Promise<number> {
  let crc = LONG;
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return (crc ^ LONG) >>> 0;
    for (const byte of value) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  }
}
