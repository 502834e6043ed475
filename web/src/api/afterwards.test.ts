import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { afterwards } from './afterwards';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Whether the wait is over, at any time. */
function waiting(queries: QueryClient): () => boolean {
  let isOver = false;
  void afterwards(queries, 'effects').then(() => {
    isOver = true;
  });
  return () => isOver;
}

test('what is asked afterwards waits for the answers of others, and a moment for their picture', async () => {
  const queries = new QueryClient();
  let answer = (_: string) => {};
  const asked = new Promise<string>((resolve) => {
    answer = resolve;
  });
  void queries.fetchQuery({ queryKey: ['map'], queryFn: () => asked });
  const isOver = waiting(queries);
  await vi.advanceTimersByTimeAsync(200);
  expect(isOver()).toBe(false);
  answer('a map');
  await vi.advanceTimersByTimeAsync(30);
  expect(isOver()).toBe(false);
  await vi.advanceTimersByTimeAsync(60);
  expect(isOver()).toBe(true);
});

test('it waits neither for ever nor for itself', async () => {
  const queries = new QueryClient();
  const never = () => new Promise<string>(() => {});
  void queries.fetchQuery({ queryKey: ['effects'], queryFn: never });
  const alone = waiting(queries);
  await vi.advanceTimersByTimeAsync(60);
  expect(alone()).toBe(true);
  void queries.fetchQuery({ queryKey: ['map'], queryFn: never });
  const beside = waiting(queries);
  await vi.advanceTimersByTimeAsync(399);
  expect(beside()).toBe(false);
  await vi.advanceTimersByTimeAsync(61);
  expect(beside()).toBe(true);
});
