// The texts by area and language, loaded when they are needed; their keys are known to the compiler.
import type { MessageFormatElement } from 'react-intl';
import { plainLanguage, type ScreenLanguage } from '../settings';
import type cases from './en/cases.json';
import type compare from './en/compare.json';
import type data from './en/data.json';
import type explore from './en/explore.json';
import type filters from './en/filters.json';
import type funnel from './en/funnel.json';
import type map from './en/map.json';
import type overview from './en/overview.json';
import type quality from './en/quality.json';
import type recipe from './en/recipe.json';
import type replay from './en/replay.json';
import type settings from './en/settings.json';
import type shell from './en/shell.json';
import type targets from './en/targets.json';
import type templates from './en/templates.json';
import type views from './en/views.json';
import { lengthened } from './pseudo';

/** An area is a file in the folder of each language, and a line here. */
interface Areas {
  shell: typeof shell;
  cases: typeof cases;
  compare: typeof compare;
  data: typeof data;
  explore: typeof explore;
  filters: typeof filters;
  funnel: typeof funnel;
  map: typeof map;
  overview: typeof overview;
  recipe: typeof recipe;
  quality: typeof quality;
  replay: typeof replay;
  settings: typeof settings;
  targets: typeof targets;
  templates: typeof templates;
  views: typeof views;
}

export type TextArea = keyof Areas;
export type TextKey = { [Area in TextArea]: keyof Areas[Area] }[TextArea];
/** The texts as they were read when the page was built: see `build/texts.ts`. */
export type Texts = Partial<Record<TextKey, MessageFormatElement[]>>;

const files = import.meta.glob<Texts>('./{en,fr,ja}/*.json', {
  query: '?parsed',
  import: 'default',
});

export async function textsOf(language: ScreenLanguage, area: TextArea): Promise<Texts> {
  const load = files[`./${plainLanguage(language)}/${area}.json`];
  if (!load) throw new Error(`there are no texts "${area}" in ${language}`);
  const texts = await load();
  return language === 'pseudo' ? lengthened(texts) : texts;
}
