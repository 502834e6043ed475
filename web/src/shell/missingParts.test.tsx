import { render, screen } from '@testing-library/react';
import { createElement, type ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const { reload, fetched } = vi.hoisted(() => ({ reload: vi.fn(), fetched: vi.fn() }));

vi.mock('@tanstack/react-router', () => ({ useRouter: () => ({ invalidate: vi.fn() }) }));
vi.mock('./FailureView', () => ({
  FailureView: ({ failure, onRetry }: { failure: { kind: string }; onRetry: () => void }) =>
    createElement('button', { type: 'button', onClick: onRetry }, failure.kind),
}));

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  reload.mockReset();
  fetched.mockReset().mockImplementation(async () => new Response('{}'));
  vi.stubGlobal('fetch', fetched);
  vi.stubGlobal('location', { reload });
  sessionStorage.clear();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A program of its own: what is missing is remembered as long as it runs. */
async function begun() {
  const parts = await import('./missingParts');
  const { PageFault } = await import('./PageFault');
  const listeners = vi.spyOn(window, 'addEventListener');
  parts.reloadAfterMissingParts();
  const [, told] = listeners.mock.calls.at(-1) ?? [];
  /** As the browser does with a part that is not there. */
  const missing = vi.fn(async () => {
    (told as EventListener)(new Event('vite:preloadError'));
    throw new TypeError('Failed to fetch dynamically imported module: Cases.js');
  });
  const show = (error: unknown): ReactNode => <PageFault error={error} reset={() => {}} />;
  await parts.pageParts(async () => 'the first page')();
  return { ...parts, missing, show };
}

test('a page that does not come ahead disturbs nobody, and is loaded again by who goes there', async () => {
  const { pageParts, arePagesMissing, missing, show } = await begun();
  const load = pageParts(missing);
  const error = await load().catch((fault: unknown) => fault);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(arePagesMissing()).toBe(true);
  expect(fetched).not.toHaveBeenCalled();
  expect(reload).not.toHaveBeenCalled();

  // Asking the browser for it once more gives half a page.
  await expect(load()).rejects.toBe(error);
  expect(missing).toHaveBeenCalledTimes(1);
  const { container } = render(show(error));
  expect(container.textContent).toBe('');
  await vi.advanceTimersByTimeAsync(0);
  expect(reload).toHaveBeenCalledTimes(1);
});

test('who goes there waits for a server that is away, and may go elsewhere meanwhile', async () => {
  fetched.mockRejectedValue(new TypeError('failed to fetch'));
  const { pageParts, missing, show } = await begun();
  const error = await pageParts(missing)().catch((fault: unknown) => fault);
  const here = render(show(error));
  await vi.advanceTimersByTimeAsync(0);
  expect(here.container.textContent).toBe('unreachable');
  here.unmount();
  fetched.mockImplementation(async () => new Response('{}'));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reload).not.toHaveBeenCalled();

  fetched.mockRejectedValue(new TypeError('failed to fetch'));
  render(show(error));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reload).not.toHaveBeenCalled();
  fetched.mockImplementation(async () => new Response('{}'));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(reload).toHaveBeenCalledTimes(1);
});

test('what is missing for good does not load the page for ever', async () => {
  sessionStorage.setItem('paydirt.reloadedAt', String(Date.now() - 1_000));
  const { pageParts, missing, show } = await begun();
  const error = await pageParts(missing)().catch((fault: unknown) => fault);
  render(show(error));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reload).not.toHaveBeenCalled();
  screen.getByRole('button', { name: 'fault' }).click();
  expect(reload).toHaveBeenCalledTimes(1);
});

test('a part of the page that is looked at is loaded again with the page', async () => {
  const { missing } = await begun();
  await expect(missing()).rejects.toThrow();
  await vi.advanceTimersByTimeAsync(0);
  expect(reload).toHaveBeenCalledTimes(1);
});
