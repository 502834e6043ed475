// What does the product say, and how does it write numbers, in each language?

import { readdir, readFile } from 'node:fs/promises';
import { createIntl } from 'react-intl';

export const LANGUAGES = ['en', 'fr', 'ja'];

const LOCALES = { en: 'en-GB', fr: 'fr-FR', ja: 'ja-JP' };

/** The texts of a language, by key and with their values, as the page writes them. */
export async function texts(language) {
  const folder = new URL(`../src/text/${language}/`, import.meta.url);
  const messages = {};
  for (const area of await readdir(folder)) {
    Object.assign(messages, JSON.parse(await readFile(new URL(area, folder), 'utf8')));
  }
  const intl = createIntl({ locale: language, messages, onError: refuse });
  const text = (key, values) => {
    if (!(key in messages)) throw new Error(`${language} has no text "${key}"`);
    return intl.formatMessage({ id: key }, values);
  };
  text.number = (value) => value.toLocaleString(LOCALES[language], { maximumFractionDigits: 1 });
  text.percent = (ratio) =>
    ratio.toLocaleString(LOCALES[language], { style: 'percent', maximumFractionDigits: 1 });
  return text;
}

/** A text that lacks a value would be compared as something that nobody reads. */
function refuse(error) {
  throw error;
}
