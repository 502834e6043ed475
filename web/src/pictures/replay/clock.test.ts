import { expect, test } from 'vitest';
import { thinned } from './canvas';
import { type Clock, makeClock } from './clock';
import { slownessOf } from './fallback';
import { recordsOf } from './records';
import { rgbOf, TAIL_PARTS, tailPart } from './renderer';
import { golden } from './testing';

/** A clock whose frames come when the test wants them. */
function clockByHand(): { clock: Clock; frame: (now_ms: number) => void; waiting: () => number } {
  const frames = new Map<number, (now: number) => void>();
  let id = 0;
  const clock = makeClock({
    ask: (frame) => {
      id += 1;
      frames.set(id, frame);
      return id;
    },
    cancel: (gone) => frames.delete(gone),
  });
  const frame = (now: number) => {
    const due = [...frames.values()];
    frames.clear();
    for (const one of due) one(now);
  };
  return { clock, frame, waiting: () => frames.size };
}

test('the clock runs at its rate, stops at the end, and begins anew', () => {
  const { clock, frame, waiting } = clockByHand();
  clock.set(10, 100);
  clock.play();
  frame(1_000);
  expect(clock.time()).toBe(0);
  frame(1_500);
  expect(clock.time()).toBe(5);
  // A second at most is made up for, however long the browser did not call.
  frame(61_500);
  expect(clock.time()).toBe(15);
  for (let now = 62_000; now < 72_000; now += 500) frame(now);
  expect([clock.time(), clock.isPlaying(), waiting()]).toEqual([100, false, 0]);
  clock.play();
  expect([clock.time(), clock.isPlaying()]).toEqual([0, true]);
});

test('a clock that stands asks for no frames', () => {
  const { clock, frame, waiting } = clockByHand();
  clock.play();
  expect(waiting()).toBe(0);
  clock.set(1, 60);
  clock.play();
  expect(waiting()).toBe(1);
  clock.pause();
  expect([waiting(), clock.isPlaying()]).toEqual([0, false]);
  // The pause is no part of the replay.
  frame(0);
  clock.play();
  frame(500_000);
  frame(500_250);
  expect(clock.time()).toBe(0.25);
});

test('whoever watches is told of every change, and of none afterwards', () => {
  const { clock, frame } = clockByHand();
  let count = 0;
  const forget = clock.watch(() => {
    count += 1;
  });
  clock.set(1, 60);
  clock.seek(70);
  expect(clock.time()).toBe(60);
  clock.seek(-3);
  expect([clock.time(), count]).toEqual([0, 3]);
  clock.play();
  frame(0);
  expect(count).toBe(5);
  forget();
  clock.pause();
  expect(count).toBe(5);
});

test('a graphics card that needs more than a second for 30 frames is too slow', () => {
  const fast = slownessOf();
  const slow = slownessOf();
  const every = (is: (now: number) => boolean, gap: number, count: number) =>
    Array.from({ length: count }, (_, idx) => is(idx * gap)).indexOf(true);
  expect(every(fast, 33, 200)).toBe(-1);
  expect(every(slow, 34, 200)).toBe(30);
  // What was before a pause does not count.
  expect(fast(null)).toBe(false);
  expect(every(fast, 34, 30)).toBe(-1);
});

test('of too many tokens those of some cases are drawn, the same ones as more come', () => {
  const answer = golden('commandes');
  const cases = 4_000;
  const ones = Array.from({ length: cases }, () => 1);
  const records = recordsOf({
    ...answer,
    start_ticks: ones,
    first_activities: ones.map(() => 0),
    case_movements: ones,
    movement_paths: ones.map(() => 0),
    wait_ticks: ones,
  });
  const all = Uint32Array.from(ones, (_, idx) => idx);
  expect(thinned(records, all, cases)).toBe(all);
  const most = thinned(records, all, 3_000);
  expect(most.length).toBeGreaterThan(2_700);
  expect(most.length).toBeLessThanOrEqual(3_000);
  const few = thinned(records, all, 500);
  expect(few.length).toBeLessThanOrEqual(500);
  expect([...few].every((idx) => most.includes(idx))).toBe(true);
});

test('colours and tails are what a graphics card takes', () => {
  expect(rgbOf('#ff0080')).toEqual([1, 0, 128 / 255]);
  expect(rgbOf('#fff')).toEqual([1, 1, 1]);
  expect(rgbOf('nonsense')).toEqual(rgbOf('#808080'));
  expect(tailPart(0)).toEqual({ size: 1, strength: 1 });
  expect(tailPart(TAIL_PARTS - 1).strength).toBeLessThan(0.1);
});
