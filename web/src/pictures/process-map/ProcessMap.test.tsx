import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createRef } from 'react';
import { expect, test, vi } from 'vitest';
import { type Arrow, END, type MapItem, pathId, START } from './graph';
import type { Layout } from './layout';
import type { Looks } from './looks';
import { type MapHandle, ProcessMap } from './ProcessMap';

const LAYOUT: Layout = {
  width: 400,
  height: 400,
  direction: 'TB',
  nodes: {
    [START]: { x: 100, y: 10, width: 80, height: 28 },
    a: { x: 100, y: 100, width: 150, height: 36 },
    b: { x: 100, y: 200, width: 150, height: 36 },
    c: { x: 300, y: 200, width: 150, height: 36 },
    [END]: { x: 100, y: 300, width: 80, height: 28 },
  },
  routes: {},
};

function arrow(from: string, to: string, cases: number, isPath = true): Arrow {
  const id = pathId(from, to);
  const top = LAYOUT.nodes[from]?.y ?? 0;
  const bottom = LAYOUT.nodes[to]?.y ?? 0;
  LAYOUT.routes[id] = {
    points: [
      [100, top],
      [100, top + 10],
      [100, bottom - 10],
      [100, bottom],
    ],
    tip: [100, bottom],
  };
  const figures = { from, to, cases, events: cases };
  const path = { ...figures, overlaps: 0, overlap_s: 0, shown_from: 0, shown: true };
  return { id, ...figures, ...(isPath ? { path } : {}) };
}

const ARROWS = [
  arrow(START, 'a', 9, false),
  arrow('a', 'b', 6),
  arrow('a', 'c', 3),
  arrow('b', END, 9, false),
];

const LOOKS: Looks = {
  activities: new Map(
    ['a', 'b', 'c'].map((one) => [one, { fill: '#fff', ink: '#102038', value: '9', place: 0.5 }]),
  ),
  arrows: new Map(
    ARROWS.map(({ id, cases }) => [id, { colour: '#123', width: 2, value: `${cases}`, place: 0 }]),
  ),
  activityDomain: null,
  pathDomain: null,
  widthDomain: null,
};

const COLOURS = {
  page: '#fff',
  dots: '#eee',
  ink: '#102038',
  border: '#ccc',
  start: '#0a0',
  end: '#555',
  surface: '#fff',
  stub: '#777',
};

function show(selected: MapItem | null = null, marked: string[] = []) {
  const onSelect = vi.fn();
  const onMark = vi.fn();
  const onMove = vi.fn();
  const onMenu = vi.fn();
  const handle = createRef<MapHandle>();
  const none = { width: 0, height: 0 };
  render(
    <ProcessMap
      ref={handle}
      layout={LAYOUT}
      activities={['c', 'b', 'a']}
      arrows={ARROWS}
      looks={LOOKS}
      colours={COLOURS}
      words={{
        start: 'Start',
        end: 'End',
        role: 'process map',
        marked: 'marked',
        summary: 'Map of 9 cases',
        ofActivity: (activity) => `${activity}, 9 cases`,
      }}
      selected={selected}
      part={null}
      insets={{
        top: 0,
        right: 0,
        bottom: 0,
        left: 0,
        topLeft: none,
        bottomLeft: none,
        topRight: none,
      }}
      measure={(text) => text.length * 8}
      moved={undefined}
      marked={new Set(marked)}
      onMark={onMark}
      onMove={onMove}
      onSelect={onSelect}
      onPoint={() => undefined}
      onMenu={onMenu}
    />,
  );
  return { onSelect, onMenu, onMark, onMove, handle };
}

function node(name: string): HTMLElement {
  return screen.getByRole('button', { name: `${name}, 9 cases` });
}

test('Ctrl or Shift marks an activity, by mouse and by keyboard, and selects nothing', () => {
  const { onMark, onSelect } = show(null, ['c']);
  fireEvent.click(node('a'), { ctrlKey: true });
  fireEvent.click(node('b'), { shiftKey: true });
  fireEvent.keyDown(node('a'), { key: 'Enter', ctrlKey: true });
  expect(onMark.mock.calls).toEqual([['a'], ['b'], ['a']]);
  expect(onSelect).not.toHaveBeenCalled();
  expect(node('c').dataset.marked).toBe('true');
  expect(node('c').getAttribute('aria-description')).toBe('marked');
  expect(node('a').dataset.marked).toBeUndefined();
});

test('Shift and an arrow key move an activity instead of walking on', () => {
  const { onMove } = show();
  fireEvent.keyDown(node('a'), { key: 'ArrowLeft', shiftKey: true });
  fireEvent.keyDown(node('a'), { key: 'ArrowDown', shiftKey: true });
  expect(onMove.mock.calls).toEqual([
    ['a', [-16, 0]],
    ['a', [0, 16]],
  ]);
});

test('an activity is dragged, at the scale of the drawing; a click moves nothing', () => {
  const { onMove, onSelect, handle } = show();
  const at = (clientX: number) => ({
    clientX,
    clientY: 50,
    button: 0,
    pointerId: 1,
    bubbles: true,
  });
  const press = (kind: string, x: number, target: Element) =>
    fireEvent(
      target,
      Object.assign(new MouseEvent(kind, at(x)), { pointerId: 1, pointerType: 'mouse' }),
    );
  press('pointerdown', 10, node('b'));
  press('pointerup', 11, node('b'));
  expect(onMove).not.toHaveBeenCalled();
  expect(handle.current?.drawn()).not.toBeNull();
  press('pointerdown', 10, node('b'));
  press('pointermove', 30, node('b'));
  press('pointermove', 50, node('b'));
  press('pointerup', 50, node('b'));
  fireEvent.click(node('b'));
  expect(onMove).toHaveBeenCalledTimes(1);
  expect(onMove).toHaveBeenCalledWith('b', [40, 0]);
  expect(onSelect).not.toHaveBeenCalled();
});

test('screen readers hear what the map is, and every activity as a button in reading order', () => {
  show();
  expect(screen.getByRole('group', { name: 'Map of 9 cases' })).toBeTruthy();
  const labels = screen.getAllByRole('button').map((one) => one.getAttribute('aria-label'));
  expect(labels).toEqual(['a, 9 cases', 'b, 9 cases', 'c, 9 cases']);
});

test('tab stops once, at the first activity; the arrow keys walk from there', () => {
  show();
  const stops = screen.getAllByRole('button').filter((one) => one.getAttribute('tabindex') === '0');
  expect(stops).toEqual([node('a')]);
  node('a').focus();
  fireEvent.keyDown(node('a'), { key: 'ArrowDown' });
  expect(document.activeElement).toBe(node('b'));
  fireEvent.keyDown(node('b'), { key: 'ArrowRight' });
  expect(document.activeElement).toBe(node('c'));
  fireEvent.keyDown(node('c'), { key: 'ArrowUp' });
  expect(document.activeElement).toBe(node('a'));
});

test('enter selects, enter on what is selected and escape clear', () => {
  const { onSelect } = show();
  fireEvent.keyDown(node('b'), { key: 'Enter' });
  expect(onSelect).toHaveBeenLastCalledWith({ kind: 'activity', activity: 'b' });
});

test('what is selected is pressed, and the rest steps back', () => {
  const { onSelect } = show({ kind: 'activity', activity: 'b' });
  expect(node('b').getAttribute('aria-pressed')).toBe('true');
  const tones = ['a', 'b', 'c'].map((one) => node(one).dataset.tone);
  expect(tones).toEqual(['strong', 'strong', 'faint']);
  fireEvent.keyDown(node('b'), { key: 'Escape' });
  expect(onSelect).toHaveBeenLastCalledWith(null);
});

test('a click selects an activity or a path, and the background nothing', () => {
  const { onSelect } = show();
  fireEvent.click(node('c'));
  expect(onSelect).toHaveBeenLastCalledWith({ kind: 'activity', activity: 'c' });
  const path = document.querySelector(`[data-arrow="${pathId('a', 'c')}"] path`);
  fireEvent.click(path ?? document.body);
  expect(onSelect).toHaveBeenLastCalledWith({ kind: 'path', from: 'a', to: 'c' });
  fireEvent.click(screen.getByRole('group', { name: 'Map of 9 cases' }));
  expect(onSelect).toHaveBeenLastCalledWith(null);
});

test('the page can put the focus on an activity', () => {
  const { handle } = show();
  handle.current?.focus('c');
  expect(document.activeElement).toBe(node('c'));
});

test('a right click and the menu keys ask what can be done with an item', () => {
  const { onMenu } = show();
  fireEvent.contextMenu(node('c'), { clientX: 7, clientY: 8 });
  expect(onMenu).toHaveBeenLastCalledWith({ kind: 'activity', activity: 'c' }, 7, 8);
  const path = document.querySelector(`[data-arrow="${pathId('a', 'c')}"] path`);
  fireEvent.contextMenu(path ?? document.body, { clientX: 1, clientY: 2 });
  expect(onMenu).toHaveBeenLastCalledWith({ kind: 'path', from: 'a', to: 'c' }, 1, 2);
  fireEvent.keyDown(node('b'), { key: 'F10', shiftKey: true });
  expect(onMenu).toHaveBeenLastCalledWith({ kind: 'activity', activity: 'b' }, 0, 0);
  fireEvent.keyDown(node('a'), { key: 'ContextMenu' });
  expect(onMenu).toHaveBeenCalledTimes(4);
  fireEvent.keyDown(node('a'), { key: 'F10' });
  fireEvent.contextMenu(screen.getByRole('group', { name: 'Map of 9 cases' }));
  expect(onMenu).toHaveBeenCalledTimes(4);
});

test('what is selected and not drawn lets nothing step back', () => {
  for (const item of [
    { kind: 'activity', activity: 'nope' },
    { kind: 'path', from: 'a', to: 'nope' },
  ] as const) {
    show(item);
    expect(document.querySelectorAll('[data-activity]')).toHaveLength(3);
    expect(document.querySelectorAll('[data-tone="faint"]')).toHaveLength(0);
    cleanup();
  }
});
