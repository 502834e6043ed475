// What the address of the data templates says: which system, in which language.
import { LANGUAGES, type Language } from '../../../settings';

export interface TemplatesSearch {
  /** The first one there is when absent. */
  system?: string;
  /** The language of the screen when absent. */
  language?: Language;
}

export function validateTemplatesSearch(search: Record<string, unknown>): TemplatesSearch {
  const language = LANGUAGES.find((known) => known === search.language);
  const { system } = search;
  return {
    ...(typeof system === 'string' && system !== '' ? { system } : {}),
    ...(language ? { language } : {}),
  };
}
