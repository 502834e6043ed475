import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { forgetIgnored, useIgnored } from '../../filters/ignored';
import { sharedSearch, validateWith } from './search';

const REPEATS = { kind: 'repeats' };

function own(search: Record<string, unknown>): { metric?: string | undefined } {
  return { metric: search.metric === 'median' ? 'median' : undefined };
}

test('a place reads what is its own and what all places share', () => {
  const search = { metric: 'median', version: 3, filters: [REPEATS] };
  expect(validateWith(own)(search)).toEqual(search);
  expect(sharedSearch(search)).toEqual({ version: 3, filters: [REPEATS] });
});

test('what makes no sense is left out, and said until the next step', async () => {
  const { result } = renderHook(() => useIgnored());
  const read = validateWith(own);
  await act(async () => void read({ metric: 'median' }));
  expect(result.current).toEqual({ filters: 0, words: [] });

  const search = { metric: 'fame', version: 0, other: 1, filters: [REPEATS, 'x'], paused: [] };
  await act(async () => {
    expect(read(search)).toEqual({ filters: [REPEATS] });
    // The router makes the address right and reads it again: nothing is forgotten by that.
    read({ filters: [REPEATS] });
  });
  expect(result.current).toEqual({ filters: 1, words: ['metric', 'version', 'other'] });
  act(forgetIgnored);
  expect(result.current).toEqual({ filters: 0, words: [] });
});
