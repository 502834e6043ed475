import { renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { MapData } from './useMapData';
import { useMapNow } from './useMapNow';
import type { Scene, SceneState } from './useScene';

const data = (isFetching: boolean) => ({ isFetching }) as MapData;
const scene = (drawn: Scene | null, isPending: boolean): SceneState => {
  return { scene: drawn, isPending, error: null, retry: () => {} };
};
const DRAWN = {} as Scene;

function steps(isTable: boolean) {
  const asked = { data: data(true), scene: scene(DRAWN, false) };
  const answered = { data: data(false), scene: scene(DRAWN, true) };
  const laidOut = { data: answered.data, scene: scene({} as Scene, false) };
  const { result, rerender } = renderHook(
    (now: typeof asked) => useMapNow(now.data, now.scene, isTable),
    { initialProps: asked },
  );
  const first = result.current;
  rerender(answered);
  const second = result.current;
  rerender(laidOut);
  return { answered, laidOut, first, second, third: result.current };
}

test('an answer is shown when it is laid out', () => {
  const { laidOut, first, second, third } = steps(false);
  expect(second).toBe(first);
  expect(second.isBusy).toBe(true);
  expect(third).toEqual({ ...laidOut, isBusy: false });
});

test('the table waits for no layout', () => {
  const { answered, second } = steps(true);
  expect(second).toEqual({ ...answered, isBusy: true });
});

test('before anything is drawn, what is known is shown', () => {
  const known = { data: data(false), scene: scene(null, true) };
  const { result } = renderHook(() => useMapNow(known.data, known.scene, false));
  expect(result.current).toEqual({ ...known, isBusy: true });
});
