// One request with several questions about a version, and the answer of each.
import { post } from './client';
import { failureError } from './problem';
import type { components } from './schema';
import type { Analysis } from './types';

type Schemas = components['schemas'];

export type AnalysisAnswer = Schemas['AnalysisAnswer'];
export type Size = Schemas['Size'];
export type FilterEffect = Schemas['FilterEffect'];

/** What every question needs to know: the version, such as `4@2`, and what is left of it. */
export interface Scope {
  version: string;
  filters: unknown[];
}

/** What an answer says about the log as a whole, whatever was asked. */
export interface ScopeAnswer {
  timeZone: string;
  total: Size;
  size: Size;
  filters: FilterEffect[];
}

export interface AskedTile {
  id: string;
  question: string;
  params?: Record<string, unknown>;
  /** Beyond those of the scope. */
  filters?: unknown[];
}

export function ask(
  { version, filters }: Scope,
  tiles: AskedTile[],
  signal?: AbortSignal,
): Promise<AnalysisAnswer> {
  const body = { version, filters, tiles } as Analysis;
  return post<AnalysisAnswer>('/analyses', body, { signal });
}

/** The quickest question: what counts is how much of the log it looks at. */
export const HOW_MANY = { question: 'cases', params: { limit: 0, attributes: [] } };

/** The answer of one tile; its problem is thrown. */
export function answerOf<T>(answer: AnalysisAnswer, id: string): T {
  const tile = answer.tiles.find((one) => one.id === id);
  if (tile?.problem) throw failureError({ kind: 'problem', problem: tile.problem, status: 200 });
  return tile?.answer as T;
}

export function scopeOf({ time_zone, total, size, filters }: AnalysisAnswer): ScopeAnswer {
  return { timeZone: time_zone, total, size, filters };
}
