import { render, renderHook, screen, waitFor } from '@testing-library/react';
import { Component, type ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { useLoaded } from './useLoaded';

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
