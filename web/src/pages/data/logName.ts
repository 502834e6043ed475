// Which names a log may have; the server says the same.
import type { Log } from '../../api/types';
import type { TextKey } from '../../text/messages';

const LONGEST = 200;

export function nameFault(name: string, otherNames: string[]): TextKey | undefined {
  const trimmed = name.trim().normalize('NFC');
  if (trimmed === '') return 'data.name.blank';
  if ([...trimmed].length > LONGEST) return 'data.name.long';
  if (/[@/\p{Cc}]/u.test(trimmed) || trimmed.startsWith('.')) return 'data.name.characters';
  const isTaken = otherNames.some(
    (other) => other.normalize('NFC').toLowerCase() === trimmed.toLowerCase(),
  );
  return isTaken ? 'data.name.taken' : undefined;
}

/** A name for the log of a file: without its endings and without what a name may not have. */
export function nameOfFile(file: string): string {
  const stem = file.replace(/\.(gz|zip)$/i, '').replace(/\.[a-z0-9]{1,8}$/i, '');
  return stem
    .replace(/[@/\p{Cc}]+/gu, ' ')
    .replace(/^\.+/, '')
    .trim()
    .slice(0, LONGEST);
}

/** Names of logs are unique: the second one gets a number. */
export function freeName(wanted: string, logs: Log[]): string {
  const taken = new Set(logs.map((log) => log.name.normalize('NFC').toLowerCase()));
  let name = wanted;
  for (let count = 2; taken.has(name.normalize('NFC').toLowerCase()); count += 1) {
    name = `${wanted} ${count}`;
  }
  return name;
}
