// What the rules of data quality find in a version, and what can be computed with it.
import { queryOptions } from '@tanstack/react-query';
import { address, get } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Findings = Schemas['quality.Findings'];
export type Finding = Schemas['quality.Finding'];
export type RuleOutcome = Schemas['quality.RuleOutcome'];
export type ValueCount = Schemas['quality.ValueCount'];
export type Severity = Schemas['library.Severity'];
export type Coverage = Schemas['coverage.Coverage'];
export type FigureCoverage = Schemas['coverage.FigureCoverage'];
export type NeededData = Schemas['coverage.NeededData'];
export type TemplateLine = Schemas['coverage.TemplateLine'];

interface OfVersion {
  log: number;
  version: number;
}

function path({ log, version }: OfVersion): string {
  return `/logs/${log}/versions/${version}`;
}

/** Settings and the report may change what is found, the version does not. */
export function qualityQuery(which: OfVersion) {
  return queryOptions({
    queryKey: ['quality', which],
    queryFn: ({ signal }) => get<Findings>(`${path(which)}/quality`, { signal }),
  });
}

/** The rows that break a rule, as a file. */
export function rowsAddress(which: OfVersion, rule: string): string {
  return address(`${path(which)}/quality/rows?rule=${encodeURIComponent(rule)}`);
}

export function coverageQuery(which: OfVersion, template: string | undefined) {
  const words = template ? `?template=${encodeURIComponent(template)}` : '';
  return queryOptions({
    queryKey: ['coverage', which, template],
    queryFn: ({ signal }) => get<Coverage>(`${path(which)}/coverage${words}`, { signal }),
  });
}

/** A system with a data template. */
export interface TemplateName {
  system: string;
  name: string;
}

export const templateNamesQuery = queryOptions({
  queryKey: ['templates', 'names'],
  queryFn: async ({ signal }) => {
    const { templates } = await get<Schemas['TemplateList']>('/templates', { signal });
    return templates.map(({ system, name }): TemplateName => ({ system, name }));
  },
  staleTime: Number.POSITIVE_INFINITY,
});
