import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { golden } from '../../pages/explore/testing';
import { Bars } from './Bars';
import { Histogram, placed } from './Histogram';
import { OverTime } from './OverTime';
import type { Range } from './range';
import { SpreadStrip } from './SpreadStrip';

const ANSWER = golden<{ tiles: { answer: import('../../api/throughput').ThroughputAnswer }[] }>(
  'throughput',
).tiles[0]?.answer;
if (!ANSWER) throw new Error('the golden answer has no tile');
const { histogram, over_time, duration_s } = ANSWER;
const DAY = 86_400;

function histogramWith(range: Range | null, onRange = vi.fn(), onPoint = vi.fn()) {
  render(
    <Histogram
      bins={histogram}
      width={800}
      marks={[{ at: duration_s?.median ?? 0, label: 'Median' }]}
      range={range}
      onRange={onRange}
      onPoint={onPoint}
      words={{
        summary: 'Durations',
        from: 'Start',
        to: 'End',
        duration: (seconds) => `${seconds / DAY} d`,
        tick: (seconds) => `${seconds / DAY}`,
        count: String,
      }}
    />,
  );
  return { onRange, onPoint };
}

test('a histogram has a bar for each bin with cases, on a scale that starts at zero', () => {
  histogramWith(null);
  const picture = screen.getByRole('group', { name: 'Durations' });
  const bars = [...picture.querySelectorAll('path')].filter((bar) => bar.getAttribute('d') !== '');
  expect(bars).toHaveLength(histogram.filter((bin) => bin.cases > 0).length);
  expect(picture.textContent).toContain('Median');
});

test('labels of marks touch no other one, and no line goes through them', () => {
  const x = (at: number) => at;
  const marks = [
    { at: 118, label: '中央値 69.6日' },
    { at: 197, label: '90パーセンタイル 207.2日' },
    { at: 96, label: 'ケース全体の目標値 30日' },
  ];
  const labels = placed(marks, x, 343);
  expect(new Set(labels.map(({ row }) => row)).size).toBe(3);
  // The last one goes below the others, and over their lines: these begin below it.
  const [median, p90, target] = labels;
  expect(p90?.anchor).toBe('end');
  expect([median?.below, p90?.below, target?.below]).toEqual([2, 2, 2]);
  // Where there is room nothing changes.
  const wide = placed(marks.slice(0, 2), (at) => at * 3, 1000);
  expect(wide.map(({ row, below }) => [row, below])).toEqual([
    [0, 0],
    [1, 1],
  ]);
});

test('a range is moved by keyboard, and gone when it is everything', () => {
  const { onRange } = histogramWith({ from: 0, to: 85 * DAY });
  const end = screen.getByRole('slider', { name: 'End' });
  expect(end.getAttribute('aria-valuetext')).toBe('85 d');
  fireEvent.keyDown(end, { key: 'ArrowLeft' });
  expect(onRange).toHaveBeenLastCalledWith({ from: 0, to: 80 * DAY });
  fireEvent.keyDown(end, { key: 'End' });
  expect(onRange).toHaveBeenLastCalledWith(null);
});

test('a range is drawn by hand, from either side', () => {
  const { onRange, onPoint } = histogramWith(null);
  const field = document.querySelector('rect[class*="field"]') as SVGRectElement;
  vi.spyOn(SVGElement.prototype, 'getBoundingClientRect').mockReturnValue({
    left: 0,
    width: 800,
  } as DOMRect);
  // The field goes from 46 to 786: 18 bins of 5 days on 740 px.
  const at = (days: number) => 46 + (days / 90) * 740;
  fireEvent.pointerDown(field, { clientX: at(62), button: 0, pointerId: 1 });
  fireEvent.pointerMove(field, { clientX: at(41), pointerId: 1 });
  expect(onPoint).toHaveBeenLastCalledWith(expect.objectContaining({ from_s: 40 * DAY }));
  fireEvent.pointerUp(field, { clientX: at(41), pointerId: 1 });
  expect(onRange).toHaveBeenCalledWith({ from: 40 * DAY, to: 65 * DAY });
});

test('the periods are walked by keyboard, and what is known of one is said', () => {
  const onHere = vi.fn();
  render(
    <OverTime
      periods={over_time}
      width={800}
      here={1}
      onHere={onHere}
      words={{
        name: 'Period',
        said: 'February: one',
        arrivals: 'Arrivals',
        completions: 'Completions',
        open: 'Open',
        median: 'Median',
        period: (date) => date,
        tick: String,
        count: String,
      }}
    />,
  );
  const slider = screen.getByRole('slider', { name: 'Period' });
  expect(slider.getAttribute('aria-valuenow')).toBe('2');
  expect(slider.getAttribute('aria-valuetext')).toBe('February: one');
  fireEvent.keyDown(slider, { key: 'ArrowRight' });
  expect(onHere).toHaveBeenLastCalledWith(2);
  fireEvent.keyDown(slider, { key: 'Home' });
  expect(onHere).toHaveBeenLastCalledWith(0);
  fireEvent.keyDown(slider, { key: 'End' });
  expect(onHere).toHaveBeenLastCalledWith(over_time.length - 1);
  // No case ended in the first month: its median is no dot, all others are of few cases.
  const ended = over_time.filter((one) => one.completions > 0);
  expect(slider.querySelectorAll('circle[class*="dotFew"]')).toHaveLength(ended.length);
});

test('the middle half of a group stands where it belongs on the shared scale', () => {
  const figures = { min: 0, p25: 25, mean: 50, median: 50, p75: 75, p90: 90, p95: 95, max: 100 };
  render(<SpreadStrip figures={{ ...figures, total: 0 }} max={100} label="Half" />);
  const [, long, box, median] = screen.getByRole('img', { name: 'Half' }).children;
  const style = (part: Element | undefined) => (part as HTMLElement | undefined)?.style;
  expect([style(box)?.left, style(box)?.width]).toEqual(['25%', '50%']);
  expect([style(long)?.left, style(long)?.width]).toEqual(['75%', '15%']);
  expect(style(median)?.left).toBe('50%');
});

test('bars say their values', () => {
  render(
    <Bars
      bars={[
        { key: 'a', name: 'January', value: 3 },
        { key: 'b', name: 'February', value: 0 },
      ]}
      width={400}
      label="Started"
      count={String}
    />,
  );
  const picture = screen.getByRole('img', { name: 'Started' });
  expect([...picture.querySelectorAll('title')].map((one) => one.textContent)).toEqual([
    'January: 3',
    'February: 0',
  ]);
});
