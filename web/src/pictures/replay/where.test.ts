import { describe, expect, test } from 'vitest';
import type { MovementsAnswer } from '../../api/movements';
import { bucketsOf, recordsAt } from './buckets';
import {
  ARRIVES,
  LEAVES,
  lengthOf,
  NUMBERS,
  type Records,
  ROW,
  recordsOf,
  underWay,
} from './records';
import { drawnWith, golden } from './testing';
import { FAINT, PER_SAMPLE, SAMPLES, type Ways, waysOf } from './ways';
import { instantOf, type Spot, spotAt } from './where';

const LOANS = ['Check', 'Decide', 'Pay'];

describe('the records of loans, which stay in activities', () => {
  const records = recordsOf(golden('loans'));

  test('hold each stay and each movement with its times since the start of the case', () => {
    // L1: Check for 1.5 h, to Decide in 70.5 h, there for 20 min, to Pay in 27 h 40 min.
    // L2: Check for 50 min, at once Check again for 30 min, at once Decide for 30 min.
    // L3: Check, which takes no time, to Decide in an hour.
    expect(rows(records)).toEqual([
      ['in Check', 0, 5_400],
      ['Check → Decide', 5_400, 259_200],
      ['in Decide', 259_200, 260_400],
      ['Decide → Pay', 260_400, 360_000],
      ['in Check', 0, 3_000],
      ['Check → Check', 3_000, 3_000],
      ['in Check', 3_000, 4_800],
      ['Check → Decide', 4_800, 4_800],
      ['in Decide', 4_800, 6_600],
      ['Check → Decide', 0, 3_600],
    ]);
  });

  test('know when cases are under way', () => {
    // They start at 0, 61,800 and 172,800; they end at 360,000, 68,400 and 176,400.
    expect([...records.starts_s]).toEqual([0, 61_800, 172_800]);
    expect([...records.ends_s]).toEqual([68_400, 176_400, 360_000]);
    const at = [0, 61_799, 61_800, 68_400, 68_401, 172_800, 360_000, 360_001];
    expect(at.map((time) => underWay(records, time, false))).toEqual([1, 1, 2, 2, 1, 2, 1, 0]);
    expect([0, 3_600, 3_601, 6_601].map((time) => underWay(records, time, true))).toEqual([
      3, 3, 2, 1,
    ]);
    expect([lengthOf(records, false), lengthOf(records, true)]).toEqual([360_000, 360_000]);
  });
});

test('a token stands where its share of the time has brought it', () => {
  const records = recordsOf(golden('loans'));
  const { layout, arrows, looks } = drawnWith(LOANS, [['Check', 'Decide']]);
  const ways = waysOf(records, layout, arrows, looks);
  expect(ways.shown).toEqual([true, false, false]);
  // A tenth of the way from Check at 0 to Decide at 100; the first case keeps to the left edge.
  const spot = spotOf(records, ways, 1, 5_400 + 25_380, false);
  expect(spot?.y).toBeCloseTo(10, 3);
  expect(spot?.x).toBeCloseTo(100 + 5, 3);
  expect(spot?.strength).toBe(1);
  // From Decide to Pay the path is hidden: straight and faint.
  const hidden = spotOf(records, ways, 3, 260_400 + 49_800, false);
  expect(hidden?.y).toBeCloseTo(150, 3);
  expect(hidden?.strength).toBeCloseTo(FAINT, 6);
  // In Check, the lane of the first case is the left end of the foot.
  expect(spotOf(records, ways, 0, 60, false)).toEqual({ x: 79, y: 22, strength: 1 });
});

test('nothing is where it has not been yet, or is no longer', () => {
  const records = recordsOf(golden('loans'));
  const { layout, arrows, looks } = drawnWith(LOANS, [['Check', 'Decide']]);
  const ways = waysOf(records, layout, arrows, looks);
  expect(spotOf(records, ways, 1, 5_399, false)).toBeNull();
  expect(spotOf(records, ways, 1, 5_400, false)).not.toBeNull();
  expect(spotOf(records, ways, 1, 259_200, false)).toBeNull();
  // A tail is no longer than the way that has been travelled, and a stay has none.
  expect(spotOf(records, ways, 1, 5_500, false, 101)).toBeNull();
  expect(spotOf(records, ways, 1, 5_500, false, 100)?.y).toBeCloseTo(0, 3);
  expect(spotOf(records, ways, 0, 60, false, 1)).toBeNull();
  // An activity that is not drawn has no tokens.
  const { layout: bare } = drawnWith(['Check'], []);
  const unseen = waysOf(records, bare, [], looks);
  expect(spotOf(records, unseen, 1, 30_780, false)).toBeNull();
});

describe.each(['commandes', 'loans'] as const)('the movements of %s', (name) => {
  const answer = golden(name);
  const records = recordsOf(answer);
  const { layout, arrows, looks } = drawnWith(
    [...new Set(answer.paths.flatMap(({ from, to }) => [from, to]))],
    answer.paths.slice(0, 2).map(({ from, to }) => [from, to]),
  );
  const ways = waysOf(records, layout, arrows, looks);

  test.each([false, true])('are where the columns say, all together: %s', (isTogether) => {
    const index = bucketsOf(records, lengthOf(records, isTogether), isTogether);
    let seen = 0;
    // Instants that are no edges of anything.
    for (let time = 17.3; time < lengthOf(records, isTogether); time += 617) {
      const found = [...recordsAt(index, time)].flatMap((idx) => {
        const spot = spotOf(records, ways, idx, time, isTogether);
        return spot ? [spot] : [];
      });
      expect(missing(found, reckoned(answer, ways, time, isTogether))).toEqual([]);
      seen += found.length;
    }
    expect(seen).toBeGreaterThan(100);
  });

  test('are in no stretch of time but theirs', () => {
    const index = bucketsOf(records, lengthOf(records, false), false);
    const lasting = Array.from({ length: records.count }, (_, idx) => idx).filter((idx) => {
      const at = idx * NUMBERS;
      return (records.data[at + LEAVES] ?? 0) < (records.data[at + ARRIVES] ?? 0);
    });
    expect([...new Set(index.records)].sort((a, b) => a - b)).toEqual(lasting);
    expect(index.records.length).toBeLessThan((index.offsets.length - 1) * lasting.length);
  });
});

test('a log of years keeps its seconds on a graphics card, which counts with 24 bits', () => {
  // Ten years after the first case, one that takes eight seconds.
  const years_s = 315_576_000;
  const answer: MovementsAnswer = {
    ...golden('commandes'),
    tick_s: 1,
    activities: ['a'],
    paths: [{ from: 'a', to: 'b', movements: 2 }],
    start_ticks: [0, years_s + 3],
    first_activities: [0, 0],
    case_values: [],
    case_movements: [1, 1],
    movement_paths: [0, 0],
    wait_ticks: [years_s, 8],
    stay_ticks: [],
  };
  const records = recordsOf(answer);
  const { layout, arrows, looks } = drawnWith(['a', 'b'], [['a', 'b']]);
  const ways = waysOf(records, layout, arrows, looks);
  for (const second of [1, 2, 5, 7]) {
    const spot = spotOf(records, ways, 1, years_s + 3 + second, false);
    expect(spot?.y).toBeCloseTo((100 * second) / 8, 4);
  }
});

test('an answer without movements has no records', () => {
  const none: MovementsAnswer = {
    ...golden('commandes'),
    origin: null,
    paths: [],
    start_ticks: [],
    first_activities: [],
    case_movements: [],
    movement_paths: [],
    wait_ticks: [],
  };
  const records = recordsOf(none);
  expect([records.count, records.span_s, underWay(records, 0, false)]).toEqual([0, 0, 0]);
  expect(recordsAt(bucketsOf(records, 0, false), 0)).toHaveLength(0);
});

function rows({ data, count, paths, stays }: Records) {
  return Array.from({ length: count }, (_, idx) => {
    const at = idx * NUMBERS;
    const row = data[at + ROW] ?? 0;
    const path = paths[row];
    const name = path ? `${path.from} → ${path.to}` : `in ${stays[row - paths.length]}`;
    return [name, data[at + LEAVES], data[at + ARRIVES]];
  });
}

function spotOf(
  records: Records,
  ways: Ways,
  idx: number,
  time_s: number,
  isTogether: boolean,
  ago_s = 0,
): Spot | null {
  const spot = { x: 0, y: 0, strength: 0 };
  const instant = instantOf(time_s, isTogether);
  return spotAt(records, ways, idx, instant, ago_s, spot) ? spot : null;
}

/** Spots of either list that the other does not have, to a hundredth of a point. */
function missing(found: Spot[], wanted: Spot[]): Spot[] {
  const isNear = (one: Spot) => (other: Spot) =>
    Math.hypot(one.x - other.x, one.y - other.y) < 0.01 &&
    Math.abs(one.strength - other.strength) < 1e-6;
  return [
    ...found.filter((one) => !wanted.some(isNear(one))),
    ...wanted.filter((one) => !found.some(isNear(one))),
  ];
}

/** The same from the columns alone, without records: where every case is at a time. */
function reckoned(answer: MovementsAnswer, ways: Ways, time: number, isTogether: boolean): Spot[] {
  const { tick_s, paths, stay_ticks, wait_ticks, movement_paths } = answer;
  const stays = [...new Set([...answer.activities, ...paths.map((path) => path.to)])];
  const spots: Spot[] = [];
  let [start, movement, event] = [0, 0, 0];
  for (const [one, count] of answer.case_movements.entries()) {
    start += (answer.start_ticks[one] ?? 0) * tick_s;
    const lane = ((one * 0.6180339887498949) % 1) * 2 - 1;
    let now = isTogether ? 0 : start;
    let activity = answer.activities[answer.first_activities[one] ?? 0] ?? '';
    const stay = () => {
      const until = now + (stay_ticks[event] ?? 0) * tick_s;
      if (now <= time && time < until) {
        spots.push(spotOn(ways, paths.length + stays.indexOf(activity), (lane + 1) / 2, lane));
      }
      [now, event] = [until, event + 1];
    };
    stay();
    for (let step = 0; step < count; step += 1) {
      const row = movement_paths[movement] ?? 0;
      const until = now + (wait_ticks[movement] ?? 0) * tick_s;
      if (now <= time && time < until) {
        spots.push(spotOn(ways, row, (time - now) / (until - now), lane));
      }
      [now, movement, activity] = [until, movement + 1, paths[row]?.to ?? ''];
      stay();
    }
  }
  return spots;
}

/** A place between two samples of a way, and beside it. */
function spotOn({ data }: Ways, row: number, share: number, lane: number): Spot {
  const sample = (at: number) =>
    Array.from({ length: PER_SAMPLE }, (_, part) => {
      return data[(row * SAMPLES + at) * PER_SAMPLE + part] ?? 0;
    });
  const at = Math.min(SAMPLES - 2, Math.floor(share * (SAMPLES - 1)));
  const part = share * (SAMPLES - 1) - at;
  const [x = 0, y = 0, half = 0, strength = 0] = sample(at);
  const [nextX = 0, nextY = 0] = sample(at + 1);
  const angle = Math.atan2(nextY - y, nextX - x);
  return {
    x: x + (nextX - x) * part - Math.sin(angle) * lane * half,
    y: y + (nextY - y) * part + Math.cos(angle) * lane * half,
    strength,
  };
}
