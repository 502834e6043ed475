// Logs and their versions: what the server keeps, and what can be done with it.
import { queryOptions } from '@tanstack/react-query';
import { address, get, patch, post, remove } from './client';
import type { components } from './schema';
import type { ImportReport, Log, Retention, Schema, Version } from './types';

export const EXPORT_FORMATS = ['csv', 'parquet', 'xes', 'xes.gz'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
export type FormatLosses = components['schemas']['FormatLosses'];

export const logsQuery = queryOptions({
  queryKey: ['logs'],
  queryFn: async ({ signal }) => (await get<{ logs: Log[] }>('/logs', { signal })).logs,
});

export function logQuery(log: number) {
  return queryOptions({
    queryKey: ['logs', log],
    queryFn: ({ signal }) => get<Log>(`/logs/${log}`, { signal }),
  });
}

export function versionsQuery(log: number) {
  return queryOptions({
    queryKey: ['logs', log, 'versions'],
    queryFn: async ({ signal }) =>
      (await get<{ versions: Version[] }>(`/logs/${log}/versions`, { signal })).versions,
  });
}

export function versionQuery(log: number, version: number) {
  return queryOptions({
    queryKey: ['logs', log, 'versions', version],
    queryFn: ({ signal }) => get<Version>(`/logs/${log}/versions/${version}`, { signal }),
  });
}

export function reportQuery(log: number, version: number) {
  return queryOptions({
    queryKey: ['logs', log, 'versions', version, 'report'],
    queryFn: ({ signal }) =>
      get<ImportReport>(`/logs/${log}/versions/${version}/report`, { signal }),
  });
}

export function schemaQuery(log: number, version: number) {
  return queryOptions({
    queryKey: ['logs', log, 'versions', version, 'schema'],
    queryFn: ({ signal }) => get<Schema>(`/logs/${log}/versions/${version}/schema`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function renameLog(log: number, name: string): Promise<Log> {
  return patch<Log>(`/logs/${log}`, { name });
}

export function setRetention(log: number, retention: Retention): Promise<Log> {
  return patch<Log>(`/logs/${log}`, { retention });
}

export function deleteLog(log: number): Promise<void> {
  return remove(`/logs/${log}`);
}

export function deleteVersion(log: number, version: number): Promise<void> {
  return remove(`/logs/${log}/versions/${version}`);
}

export function pinVersion(log: number, version: number, pinned: boolean): Promise<Version> {
  return patch<Version>(`/logs/${log}/versions/${version}`, { pinned });
}

export function rollBack(log: number, version: number): Promise<Log> {
  return post<Log>(`/logs/${log}/rollback`, { version });
}

/** What each format would leave out of a version, in sentences of the server. */
export function exportLossesQuery(log: number, version: number) {
  return queryOptions({
    queryKey: ['logs', log, 'versions', version, 'export', 'losses'],
    queryFn: async ({ signal }) => {
      const path = `/logs/${log}/versions/${version}/export/losses`;
      return (await get<{ formats: FormatLosses[] }>(path, { signal })).formats;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function exportAddress(log: number, version: number, format: ExportFormat): string {
  return address(`/logs/${log}/versions/${version}/export?format=${format}`);
}
