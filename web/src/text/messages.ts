// The texts of one language, checked for their keys by the compiler.
import type { Language, ScreenLanguage } from '../settings';
import english from './en.json';
import { lengthened } from './pseudo';

export type TextKey = keyof typeof english;
export type Texts = Record<TextKey, string>;

const others: Record<Exclude<Language, 'en'>, () => Promise<{ default: Texts }>> = {
  fr: () => import('./fr.json'),
  ja: () => import('./ja.json'),
};

export async function textsOf(language: ScreenLanguage): Promise<Texts> {
  if (language === 'en') return english;
  if (language === 'pseudo') return lengthened(english);
  return (await others[language]()).default;
}
