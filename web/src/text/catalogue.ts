// Which texts are there: those of the areas that were asked for, in the chosen language. Another
// language is shown only when all of them are there, so that no page is without words meanwhile.
// A further area joins the texts that are shown: whoever uses it has waited for it, and nobody else
// is made anew.
import { useSyncExternalStore } from 'react';
import { type ScreenLanguage, settings } from '../settings';
import { type TextArea, type Texts, textsOf } from './messages';

interface Catalogue {
  language: ScreenLanguage;
  texts: Texts;
}

const wanted = new Set<TextArea>();
const loaded = new Map<string, Texts>();
const listeners = new Set<() => void>();
let shown: Catalogue | undefined;

/** Resolves when the texts of these areas can be shown, in whatever language is chosen then. */
export async function needTexts(...areas: TextArea[]): Promise<void> {
  for (const area of areas) wanted.add(area);
  for (;;) {
    const { language } = settings();
    const missing = [...wanted].filter((area) => !loaded.has(`${language}/${area}`));
    if (missing.length === 0) return show(language);
    const loads = missing.map(async (area) =>
      loaded.set(`${language}/${area}`, await textsOf(language, area)),
    );
    const failed = (await Promise.allSettled(loads)).find(({ status }) => status === 'rejected');
    if (failed?.status !== 'rejected') continue;
    // Whoever needs other texts does not wait for those of a page that never came.
    const isShown = (area: TextArea) => loaded.has(`${shown?.language}/${area}`);
    for (const area of missing) if (!isShown(area)) wanted.delete(area);
    throw failed.reason;
  }
}

export function useCatalogue(): Catalogue | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
}

function show(language: ScreenLanguage): void {
  const parts = [...wanted].map((area) => loaded.get(`${language}/${area}`));
  if (shown?.language === language) {
    Object.assign(shown.texts, ...parts);
    return;
  }
  shown = { language, texts: Object.assign({}, ...parts) as Texts };
  for (const listener of listeners) listener();
}
