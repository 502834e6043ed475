import { expect, test, vi } from 'vitest';
import { listenToGestures, wheelFactor } from './gestures';

function stage() {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  document.body.replaceChildren(svg);
  const onGesture = vi.fn();
  const onClick = vi.fn();
  svg.addEventListener('click', onClick);
  const stop = listenToGestures(svg, onGesture);
  const point = (type: string, pointerId: number, clientX: number, clientY: number) => {
    const event = new MouseEvent(type, { bubbles: true, clientX, clientY });
    svg.dispatchEvent(Object.assign(event, { pointerId, pointerType: 'touch' }));
  };
  return { svg, onGesture, onClick, stop, point };
}

test('a drag moves by what the pointer moved, and its click selects nothing', () => {
  const { svg, onGesture, onClick, point } = stage();
  point('pointerdown', 1, 10, 10);
  point('pointermove', 1, 30, 15);
  point('pointermove', 1, 31, 15);
  point('pointerup', 1, 31, 15);
  svg.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  expect(onGesture.mock.calls.map(([{ dx, dy, factor }]) => [dx, dy, factor])).toEqual([
    [20, 5, 1],
    [1, 0, 1],
  ]);
  expect(onClick).toHaveBeenCalledTimes(0);
  svg.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  expect(onClick).toHaveBeenCalledTimes(1);
});

test('a hand that trembles still clicks', () => {
  const { svg, onGesture, onClick, point } = stage();
  point('pointerdown', 1, 10, 10);
  point('pointermove', 1, 12, 11);
  point('pointerup', 1, 12, 11);
  svg.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  expect(onGesture).not.toHaveBeenCalled();
  expect(onClick).toHaveBeenCalledTimes(1);
});

test('two fingers zoom about their middle', () => {
  const { onGesture, point } = stage();
  point('pointerdown', 1, 0, 0);
  point('pointerdown', 2, 100, 0);
  point('pointermove', 2, 200, 0);
  expect(onGesture).toHaveBeenLastCalledWith({ factor: 2, x: 50, y: 0, dx: 50, dy: 0 });
});

test('up on the wheel enlarges, a pinch on a touchpad in smaller steps', () => {
  const wheel = (deltaY: number, deltaMode = 0, ctrlKey = false) =>
    wheelFactor({ deltaY, deltaMode, ctrlKey });
  expect(wheel(-500)).toBeCloseTo(2);
  expect(wheel(500)).toBeCloseTo(0.5);
  expect(wheel(-20, 1)).toBeCloseTo(2);
  expect(wheel(-50, 0, true)).toBeCloseTo(2);
});

test('nothing is heard any more after the end', () => {
  const { onGesture, point, stop } = stage();
  stop();
  point('pointerdown', 1, 0, 0);
  point('pointermove', 1, 50, 0);
  expect(onGesture).not.toHaveBeenCalled();
});
