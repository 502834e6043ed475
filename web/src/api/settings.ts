// What is chosen about the analysis of a log: every setting with its value and default.
import { queryOptions } from '@tanstack/react-query';
import { get, put } from './client';
import { failureOf } from './problem';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Settings = Schemas['settings.SettingsNow'];
export type Setting = Schemas['settings.SettingNow'];
export type SettingValue = Schemas['library.SettingValue'];
export type SettingColumn = Schemas['library.SettingColumn'];
export type Cell = Schemas['library.CellValue'];
export type Shape = Schemas['library.ValueShape'];
export type SettingsChange = Partial<Schemas['SettingsChangeBody']>;
export type Mistake = Schemas['SettingsRefused']['mistakes'][number];

export function settingsQuery(log: number) {
  return queryOptions({
    queryKey: ['logs', log, 'settings'],
    queryFn: ({ signal }) => get<Settings>(`/logs/${log}/settings`, { signal }),
  });
}

export function settingsAt(log: number, version: number): Promise<Settings> {
  return get<Settings>(`/logs/${log}/settings?at=${version}`);
}

export function changeSettings(log: number, change: SettingsChange): Promise<Settings> {
  return put<Settings>(`/logs/${log}/settings`, change);
}

/** Every mistake of settings that were refused, where that is why a change failed. */
export function mistakesOf(error: unknown): Mistake[] {
  const failure = failureOf(error);
  if (failure.kind !== 'problem') return [];
  return (failure.problem as Partial<Schemas['SettingsRefused']>).mistakes ?? [];
}
