import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { SpectrumAnswer } from '../../api/drawer';
import { golden } from '../../pages/explore/testing';
import { Spectrum } from './Spectrum';
import { inkOf, lineAt, pathsOfClass, placeSpectrum } from './spectrum';

const ANSWER = golden<{ tiles: { answer: SpectrumAnswer }[] }>('spectrum').tiles[0]
  ?.answer as SpectrumAnswer;
const [WIDTH, HEIGHT] = [400, 218];
const PLACED = placeSpectrum(ANSWER, WIDTH, HEIGHT);

test('every line goes from its start above to its end below, on one axis of time', () => {
  // 200 px without the words; bars take 17 % above and below, with a gap of 4.
  expect([PLACED.upper, PLACED.lower]).toEqual([38, 162]);
  expect(PLACED.lines).toHaveLength(ANSWER.occurrences - ANSWER.overlaps);
  const [from, to] = PLACED.domain;
  const first = ANSWER.bins[0];
  expect(from).toBe(Date.parse(first?.start ?? ''));
  for (const [idx, line] of PLACED.lines.entries()) {
    const given = ANSWER.lines[idx];
    const start = Date.parse(ANSWER.origin ?? '') + (given?.start_s ?? 0) * 1000;
    expect(line.x1).toBeCloseTo(((start - from) / (to - from)) * WIDTH, 6);
    expect(line.x1).toBeLessThanOrEqual(line.x2);
    expect(line.end_ms - line.start_ms).toBe(((given?.end_s ?? 0) - (given?.start_s ?? 0)) * 1000);
  }
});

test('the picture of the golden answer stays as it is', async () => {
  const paths = [0, 1, 2, 3].map((one) => pathsOfClass(PLACED, one).join(''));
  const bars = PLACED.bars.map(({ class: one, x, y, width, height }) =>
    [one, x.toFixed(1), y.toFixed(1), width.toFixed(1), height.toFixed(1)].join(' '),
  );
  const said = ['lines', ...paths, 'bars', ...bars, ''].join('\n');
  await expect(said).toMatchFileSnapshot('golden/spectrum.txt');
});

test('many lines show where they are many: they lie in layers that darken each other', () => {
  // One path has one colour, however many of its lines cross.
  expect(inkOf(40, 280)).toEqual({ layers: 1, opacity: 0.9, strokeWidth: 1 });
  const many = inkOf(2_000, 280);
  expect(many.layers).toBe(16);
  expect(many.strokeWidth).toBe(0.5);
  const darkness = (crossing: number) => 1 - (1 - many.opacity) ** crossing;
  expect([1, 4, 16].map((one) => Math.round(darkness(one) * 100))).toEqual([18, 55, 96]);
  const lines = (paths: string[]) => paths.flatMap((path) => path.split(/(?=M)/)).sort();
  for (const one of [0, 1, 2, 3]) {
    expect(lines(pathsOfClass(PLACED, one, 3))).toEqual(lines(pathsOfClass(PLACED, one)));
  }
});

test('bars of a period stand on one another, and the most fills the room', () => {
  const sums = ANSWER.bins.flatMap((bin) =>
    [bin.starting, bin.ending].map((counts) => counts.reduce((sum, one) => sum + one, 0)),
  );
  expect(PLACED.most).toBe(Math.max(...sums));
  const tall = PLACED.bars.reduce((sum, bar) => sum + bar.height, 0);
  const all = sums.reduce((sum, one) => sum + one, 0);
  expect(tall).toBeCloseTo((all / PLACED.most) * 34, 6);
});

test('the line under the pointer is the nearest, and there is none between the axes and the bars', () => {
  const [line] = PLACED.lines;
  if (!line) throw new Error('the golden spectrum has no line');
  const middle = (line.x1 + line.x2) / 2;
  expect(lineAt(PLACED, middle, 100)).toBe(line);
  expect(lineAt(PLACED, middle + 0.4, 100)).toBe(line);
  expect(lineAt(PLACED, middle, 20)).toBeNull();
  expect(lineAt(PLACED, -50, 100)).toBeNull();
});

test('it says what it shows, and a click on a line opens its case', () => {
  const onOpen = vi.fn();
  render(
    <Spectrum
      answer={ANSWER}
      width={WIDTH}
      height={HEIGHT}
      words={{ summary: 'Spectrum', date: String, line: (line) => `Case ${line.case}` }}
      onOpen={onOpen}
    />,
  );
  const picture = screen.getByRole('img', { name: 'Spectrum' });
  const classes = new Set(PLACED.lines.map((one) => one.class));
  expect(picture.querySelectorAll('path')).toHaveLength(classes.size);
  const [line] = PLACED.lines;
  const at = { clientX: ((line?.x1 ?? 0) + (line?.x2 ?? 0)) / 2, clientY: 100 };
  fireEvent.pointerMove(picture, at);
  expect(screen.getByText(`Case ${line?.case}`)).toBeTruthy();
  fireEvent.click(picture, at);
  expect(onOpen).toHaveBeenCalledWith(line?.case);
});

test('a hand-off of one moment, and one without a line, have a picture', () => {
  const one = { ...ANSWER, lines: ANSWER.lines.slice(0, 1), bins: ANSWER.bins.slice(0, 1) };
  for (const line of placeSpectrum(one, 300, 150).lines) {
    expect(Number.isFinite(line.x1) && Number.isFinite(line.x2)).toBe(true);
  }
  const none = placeSpectrum({ ...ANSWER, lines: [], bins: [] }, 300, 150);
  expect(none.lines).toEqual([]);
  expect(none.domain.every(Number.isFinite)).toBe(true);
});
