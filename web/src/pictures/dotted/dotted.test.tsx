import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { DottedAnswer } from '../../api/dotted';
import { calendarTicks } from './calendar';
import { DottedChart, spaced } from './DottedChart';
import { dotAt, dotCounts, dotsOf, WEEK_S } from './points';
import { offsetsOf } from './zone';

const DAY = 86_400;
/** Two cases; the origin is Monday 1 January 2024, 09:00 in Paris. */
const ANSWER: DottedAnswer = {
  cases: 2,
  sampled: 2,
  is_cut: false,
  points: 4,
  origin: '2024-01-01T08:00:00Z',
  activities: ['note', 'open', 'pay'],
  rows: [
    {
      case: 'a',
      start_s: 0,
      duration_s: 2 * DAY,
      events: 2,
      activities: [1, 2],
      times_s: [0, 2 * DAY],
    },
    {
      case: 'b',
      start_s: DAY,
      duration_s: 3 * DAY,
      events: 2,
      activities: [1, 0],
      times_s: [DAY, 4 * DAY],
    },
  ],
};
const UTC = offsetsOf('UTC');
const ALL = { weekStart: 0, offset: UTC, isShown: () => true };

test('dots stand at their time, row by row', () => {
  const dots = dotsOf(ANSWER, { ...ALL, axis: 'absolute' });
  expect([...dots.places]).toEqual([0, 2 * DAY, DAY, 4 * DAY]);
  expect([...dots.rows]).toEqual([0, 0, 1, 1]);
  expect([...dots.starts]).toEqual([0, 2, 4]);
  expect([dots.from, dots.to]).toEqual([0, 4 * DAY]);
  expect(dotCounts(dots, 3)).toEqual([1, 2, 1]);
});

test('dots stand at their time since the start of their case', () => {
  const dots = dotsOf(ANSWER, { ...ALL, axis: 'relative' });
  expect([...dots.places]).toEqual([0, 2 * DAY, 0, 3 * DAY]);
  expect([dots.from, dots.to]).toEqual([0, 3 * DAY]);
});

test('dots stand at their time of the week, in the time zone of the log', () => {
  const order = { ...ALL, axis: 'week' as const };
  const monday = dotsOf(ANSWER, { ...order, offset: offsetsOf('Europe/Paris') });
  const nine = 9 * 3600;
  expect([...monday.places]).toEqual([nine, 2 * DAY + nine, DAY + nine, 4 * DAY + nine]);
  expect([monday.from, monday.to]).toEqual([0, WEEK_S]);
  // A week that begins on Sunday puts Monday second.
  const sunday = dotsOf(ANSWER, { ...order, weekStart: 6 });
  expect(sunday.places[0]).toBe(DAY + 8 * 3600);
});

test('what is not shown has no dot, and the others keep their event', () => {
  const dots = dotsOf(ANSWER, { ...ALL, axis: 'absolute', isShown: (one) => one !== 'open' });
  expect([...dots.places]).toEqual([2 * DAY, 4 * DAY]);
  expect([...dots.events]).toEqual([1, 1]);
  expect([...dots.starts]).toEqual([0, 1, 2]);
});

test('the dot nearest to the pointer is found, and none far away', () => {
  const dots = dotsOf(ANSWER, { ...ALL, axis: 'absolute' });
  const field = { left: 0, top: 0, width: 400, height: 100 };
  expect(dotAt(dots, field, 1, 20)).toBe(0);
  expect(dotAt(dots, field, 198, 30)).toBe(1);
  expect(dotAt(dots, field, 101, 80)).toBe(2);
  expect(dotAt(dots, field, 300, 80)).toBeNull();
  expect(dotAt(dots, field, 198, 120)).toBeNull();
});

test('a chart without dots has an axis all the same', () => {
  const none = { ...ANSWER, rows: [] };
  const dots = dotsOf(none, { ...ALL, axis: 'absolute' });
  expect([dots.from, dots.to]).toEqual([0, 1]);
  expect(dotAt(dots, { left: 0, top: 0, width: 9, height: 9 }, 1, 1)).toBeNull();
});

test('clocks that change on a day are asked for each instant of it', () => {
  const paris = offsetsOf('Europe/Paris');
  const hours = (instant: string) => paris(Date.parse(instant)) / 3_600_000;
  expect(hours('2024-03-30T12:00:00Z')).toBe(1);
  expect(hours('2024-03-31T00:59:59Z')).toBe(1);
  expect(hours('2024-03-31T01:00:00Z')).toBe(2);
  expect(hours('2024-07-01T00:00:00Z')).toBe(2);
});

test('a calendar has lines at the beginnings of its days, months and years', () => {
  const lines = (from: string, to: string, most: number) =>
    calendarTicks(Date.parse(from), Date.parse(to), most, UTC).map(({ instant_ms, kind }) => [
      new Date(instant_ms).toISOString().slice(0, 10),
      kind,
    ]);
  expect(lines('2024-01-30T10:00:00Z', '2024-02-02T10:00:00Z', 5)).toEqual([
    ['2024-01-31', 'day'],
    ['2024-02-01', 'day'],
    ['2024-02-02', 'day'],
  ]);
  expect(lines('2024-01-10T00:00:00Z', '2024-12-20T00:00:00Z', 4)).toEqual([
    ['2024-04-01', 'month'],
    ['2024-07-01', 'month'],
    ['2024-10-01', 'month'],
  ]);
  expect(lines('2019-05-01T00:00:00Z', '2024-05-01T00:00:00Z', 5).map(([day]) => day)).toEqual([
    '2020-01-01',
    '2021-01-01',
    '2022-01-01',
    '2023-01-01',
    '2024-01-01',
  ]);
});

test('no two dates of the axis touch, and every one keeps its line', () => {
  const weeks = [100, 200, 300, 395].map((x, idx) => ({ x, label: `2026年3月${2 + idx * 7}日` }));
  const said = (width: number) => spaced(weeks, width).map(({ isSaid }) => isSaid);
  expect(said(600)).toEqual([true, true, true, true]);
  // The last is written to the left of its line there, where the one before stands.
  expect(said(400)).toEqual([true, true, true, false]);
  expect(spaced([], 400)).toEqual([]);
});

test('a click opens the case of the dot under it', () => {
  const onCase = vi.fn();
  const dots = dotsOf(ANSWER, { ...ALL, axis: 'absolute' });
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
  render(
    <DottedChart
      dots={dots}
      width={424}
      height={232}
      ticks={[{ place: 0, label: 'Start' }]}
      colours={['#000', null, '#111']}
      highlight={null}
      neutral="#999"
      label="Four events"
      scheme="light"
      tip={(dot) => `dot ${dot}`}
      onCase={onCase}
    />,
  );
  // The field goes from 12 to 412 and from 6 to 206: 100 px for each row.
  const canvas = screen.getByRole('img', { name: 'Four events' });
  fireEvent.pointerMove(canvas, { clientX: 112, clientY: 156 });
  expect(screen.getByText('dot 2')).toBeTruthy();
  fireEvent.click(canvas, { clientX: 112, clientY: 156 });
  expect(onCase).toHaveBeenCalledWith(1);
  fireEvent.pointerLeave(canvas);
  expect(screen.queryByText('dot 2')).toBeNull();
});
