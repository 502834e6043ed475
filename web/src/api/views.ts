// What is saved for a log: views of its pages and lists of filters by name, and target times.
import { queryOptions } from '@tanstack/react-query';
import { get, patch, post, remove } from './client';
import { failureOf } from './problem';
import type { components } from './schema';

type Schemas = components['schemas'];

/** A view or a list of filters, with its name. */
export type Saved = Schemas['SavedView'];
export type SavedView = Extract<Saved, { kind: 'view' }>;
export type SavedFilters = Extract<Saved, { kind: 'filters' }>;
/** What is saved, without its name. */
export type Content = Schemas['Saved'];
/** What a reader has named, and can open. */
export type Named = SavedView | SavedFilters;
export type NamedContent = Exclude<Content, { kind: 'target' }>;

export function isNamed(saved: Saved): saved is Named {
  return saved.kind !== 'target';
}

/** Everything saved for a log; another tab may have changed it. */
export function viewsQuery(log: number) {
  return queryOptions({
    queryKey: ['logs', log, 'views'],
    queryFn: async ({ signal }) =>
      (await get<Schemas['SavedViewList']>(`/logs/${log}/views`, { signal })).views,
    refetchOnWindowFocus: 'always',
  });
}

export function viewQuery(log: number, id: number) {
  return queryOptions({
    queryKey: ['logs', log, 'views', id],
    queryFn: ({ signal }) => get<Saved>(`/logs/${log}/views/${id}`, { signal }),
    refetchOnWindowFocus: 'always',
  });
}

/** A target has no name of its own choice. */
export function saveNew(log: number, name: string | undefined, saved: Content): Promise<Saved> {
  return post<Saved>(`/logs/${log}/views`, { name, saved });
}

/** Saves over what is known to be saved; what somebody else has changed meanwhile stays. */
export function saveOver(log: number, known: Saved, saved: Content): Promise<Saved> {
  const body = { saved, unchanged_since: known.updated_at };
  return patch<Saved>(`/logs/${log}/views/${known.id}`, body);
}

export function renameSaved(log: number, id: number, name: string): Promise<Saved> {
  return patch<Saved>(`/logs/${log}/views/${id}`, { name });
}

/** Deletes what is known to be saved; what somebody else has changed meanwhile stays. */
export function deleteSaved(log: number, { id, updated_at }: Saved): Promise<void> {
  const since = new URLSearchParams({ unchanged_since: updated_at });
  return remove(`/logs/${log}/views/${id}?${since}`);
}

/** Brings back what was deleted, under the same number. */
export function bringBack(log: number, gone: Saved): Promise<Saved> {
  return post<Saved>(`/logs/${log}/views`, {
    name: gone.name,
    saved: contentOf(gone),
    id: gone.id,
  });
}

export function contentOf(saved: Saved): Content {
  switch (saved.kind) {
    case 'view':
      return { kind: 'view', page: saved.page, state: saved.state };
    case 'filters':
      return { kind: 'filters', filters: saved.filters };
    case 'target':
      return { kind: 'target', target: saved.target };
  }
}

/** Whether saving failed because somebody else has saved meanwhile. */
export function isChangedMeanwhile(error: unknown): boolean {
  const failure = failureOf(error);
  return failure.kind === 'problem' && failure.problem.code === 'view_changed';
}
