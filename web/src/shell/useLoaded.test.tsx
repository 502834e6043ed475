import { render, renderHook, screen, waitFor } from '@testing-library/react';
import { Component, type ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { ahead, useLoaded } from './useLoaded';

class Shown extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};
  static getDerivedStateFromError(error: Error) {
    return { error };
  }
  override render() {
    return this.state.error?.message ?? this.props.children;
  }
}

test('what was loaded once is there at once the next time', async () => {
  const load = vi.fn(async () => ({ part: 'tools' }));
  const first = renderHook(() => useLoaded(load));
  expect(first.result.current).toBeUndefined();
  await waitFor(() => expect(first.result.current).toEqual({ part: 'tools' }));
  first.unmount();
  expect(renderHook(() => useLoaded(load)).result.current).toEqual({ part: 'tools' });
  expect(load).toHaveBeenCalledTimes(1);
});

test('what does not come is thrown to whoever shows failures', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const load = () => Promise.reject(new Error('no part'));
  function Part() {
    useLoaded(load);
    return null;
  }
  render(
    <Shown>
      <Part />
    </Shown>,
  );
  await screen.findByText('no part');
});

test('what was begun before it was needed is asked for once, and again after a failure', async () => {
  const fine = vi.fn(async () => 'bar');
  const load = ahead(fine);
  expect(fine).toHaveBeenCalledTimes(1);
  expect([await load(), await load()]).toEqual(['bar', 'bar']);
  expect(fine).toHaveBeenCalledTimes(1);

  const broken = vi.fn(fine).mockRejectedValueOnce(new Error('no part'));
  const again = ahead(broken);
  await expect(again()).rejects.toThrow('no part');
  expect(await again()).toBe('bar');
});
