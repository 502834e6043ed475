// Which records may be there at a time? An index by stretches of time, for drawing without looking
// at every record.
import { ARRIVES, LEAVES, NUMBERS, type Records, START, START_REST } from './records';

const BUCKETS_MAX = 512;
/** Most entries of the index: long records stand in many stretches. */
const ENTRIES_MAX = 4_000_000;

export interface Buckets {
  width_s: number;
  /** Where the records of each stretch begin, and where those of the last end. */
  offsets: Uint32Array;
  records: Uint32Array;
}

/** The index of the records that take time, by time since the origin or since their start. */
export function bucketsOf(records: Records, length_s: number, isTogether: boolean): Buckets {
  const times = timesOf(records, isTogether);
  const count = bucketCount(times, length_s);
  const width_s = length_s > 0 ? length_s / count : 1;
  const bucket = (time: number) => Math.max(0, Math.min(count - 1, Math.floor(time / width_s)));
  const offsets = new Uint32Array(count + 1);
  const eachBucket = (idx: number, act: (bucket: number) => void) => {
    const [from, to] = [times[2 * idx] ?? 0, times[2 * idx + 1] ?? 0];
    if (to <= from) return;
    for (let at = bucket(from), last = bucket(to); at <= last; at += 1) act(at);
  };
  for (let idx = 0; idx < records.count; idx += 1) {
    eachBucket(idx, (at) => {
      offsets[at + 1] = (offsets[at + 1] ?? 0) + 1;
    });
  }
  for (let at = 0; at < count; at += 1)
    offsets[at + 1] = (offsets[at + 1] ?? 0) + (offsets[at] ?? 0);
  const filled = new Uint32Array(offsets[count] ?? 0);
  const next = offsets.slice();
  for (let idx = 0; idx < records.count; idx += 1) {
    eachBucket(idx, (at) => {
      const place = next[at] ?? 0;
      filled[place] = idx;
      next[at] = place + 1;
    });
  }
  return { width_s, offsets, records: filled };
}

/** The records that may be there at a time, in their order. */
export function recordsAt({ width_s, offsets, records }: Buckets, time_s: number): Uint32Array {
  const last = offsets.length - 2;
  const at = Math.max(0, Math.min(last, Math.floor(time_s / width_s)));
  return records.subarray(offsets[at], offsets[at + 1]);
}

function timesOf({ data, count }: Records, isTogether: boolean): Float64Array {
  const times = new Float64Array(2 * count);
  for (let idx = 0; idx < count; idx += 1) {
    const at = idx * NUMBERS;
    const start = isTogether ? 0 : (data[at + START] ?? 0) + (data[at + START_REST] ?? 0);
    times[2 * idx] = start + (data[at + LEAVES] ?? 0);
    times[2 * idx + 1] = start + (data[at + ARRIVES] ?? 0);
  }
  return times;
}

/** As many as the size of the index allows: each record is in one, and one more for each width. */
function bucketCount(times: Float64Array, length_s: number): number {
  let total_s = 0;
  for (let at = 0; at < times.length; at += 2) total_s += (times[at + 1] ?? 0) - (times[at] ?? 0);
  const atOnce = length_s > 0 ? total_s / length_s : 0;
  return Math.max(1, Math.min(BUCKETS_MAX, Math.floor(ENTRIES_MAX / Math.max(1, atOnce))));
}
