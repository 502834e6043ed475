// The data templates of systems: what they say, and where to download them.
import { queryOptions } from '@tanstack/react-query';
import type { Language } from '../settings';
import { address, get } from './client';
import type { components } from './schema';

export type Template = components['schemas']['template.Guide'];

export function templatesQuery(language: Language) {
  return queryOptions({
    queryKey: ['templates', language],
    queryFn: async ({ signal }) => {
      const path = `/templates?language=${language}`;
      return (await get<{ templates: Template[] }>(path, { signal })).templates;
    },
  });
}

export function templateAddress(system: string, language: Language, format: 'xlsx' | 'csv') {
  return address(`/templates/${encodeURIComponent(system)}?language=${language}&format=${format}`);
}
