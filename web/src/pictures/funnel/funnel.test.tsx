import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { FunnelAnswer, FunnelOfVersion } from '../../api/funnel';
import { formats } from '../../format';
import { golden } from '../../pages/explore/testing';
import { barsOf } from '../../pages/funnel/bars';
import { FunnelPicture } from './Funnel';
import { cutToWidth, textWidth } from './textWidth';

const WIDTH = 700;
/** What the bars have, between margins of ten. */
const INNER = WIDTH - 20;

interface Golden {
  tiles: { id: string; answer: FunnelAnswer }[];
}

function answerOf(name: string, id: string): FunnelAnswer {
  const tile = golden<Golden>(name).tiles.find((one) => one.id === id);
  if (!tile) throw new Error(`the golden answer has no tile ${id}`);
  return tile.answer;
}

function drawn(funnel: FunnelAnswer, earlier: FunnelAnswer | null = null) {
  const words = {
    text: (key: string) => key,
    format: formats('en'),
    time: (seconds: number) => `${seconds} s`,
    value: undefined,
  };
  const answer = { funnel, earlier, cohorts: [] } as unknown as FunnelOfVersion;
  const onSelect = vi.fn();
  const { container } = render(
    <FunnelPicture
      bars={barsOf(answer, words)}
      width={WIDTH}
      selected={null}
      onSelect={onSelect}
      label="Funnel"
    />,
  );
  /** The widths of the parts of a bar of this kind, from top to bottom. */
  const widths = (part: string) =>
    [...container.querySelectorAll(`[class*="${part}"]`)]
      .filter((one) => one.tagName === 'rect')
      .map((one) => Number(one.getAttribute('width')));
  return { widths, onSelect };
}

test('a bar is as long as its cases, parted where they stop', () => {
  // Of four cases three go on, and none is lost afterwards.
  const { widths } = drawn(answerOf('funnel', 'all'));
  expect(widths('onward')).toEqual(Array(5).fill((INNER * 3) / 4));
  expect(widths('stopped')).toEqual([INNER / 4]);
  expect(widths('earlier')).toEqual([]);
});

test('what is still open is a part of its own, once it is known', () => {
  // The one that was cancelled has not been paid.
  const { widths } = drawn(answerOf('funnel-months', 'all'));
  expect(widths('_open')).toEqual([INNER / 4]);
  expect(widths('ended')).toEqual([]);
  expect(widths('stopped')).toEqual([]);
});

test('an earlier period has bars of its own scale', () => {
  const [chosen, earlier] = ['chosen', 'earlier'].map((id) => answerOf('funnel-months', id));
  const { widths } = drawn(chosen as FunnelAnswer, earlier);
  const most = Math.max(...(earlier?.stages.map((one) => one.cases) ?? []));
  const expected = earlier?.stages.map((one) => Math.max(1, (INNER * one.cases) / most));
  expect(widths('earlier')).toEqual(expected);
});

test('a stage is chosen by mouse and by keyboard, one stop of Tab for all', () => {
  const { onSelect } = drawn(answerOf('funnel', 'all'));
  const stages = screen.getAllByRole('button');
  expect(stages.map((one) => one.tabIndex)).toEqual([0, -1, -1, -1, -1]);
  fireEvent.click(stages[2] as HTMLElement);
  fireEvent.keyDown(stages[0] as HTMLElement, { key: 'End' });
  expect(document.activeElement).toBe(stages[4]);
  fireEvent.keyDown(stages[4] as HTMLElement, { key: ' ' });
  expect(onSelect.mock.calls).toEqual([['Expédier'], ['Encaisser']]);
});

test('what does not fit is cut, and letters of Japanese are wide', () => {
  expect(textWidth('abc', 10)).toBeCloseTo(17.4);
  expect(textWidth('検討', 10)).toBe(20);
  expect(cutToWidth('abcdef', 10, 35)).toBe('abcdef');
  expect(cutToWidth('abcdef', 10, 20)).toBe('ab…');
});
