// What the address of the page "Data quality" says.
import { type LogSearch, name, oneOf, type Raw } from '../explore/search';

export const TABS = ['rules', 'figures'] as const;
export type Tab = (typeof TABS)[number];

export interface QualitySearch extends LogSearch {
  /** What is looked at; the rules when absent. */
  tab?: Tab;
  /** The system of the data template that names what is missing; the general one when absent. */
  template?: string;
}

export function validateQualitySearch(search: Raw): QualitySearch {
  return { tab: oneOf(search.tab, TABS), template: name(search.template) };
}
