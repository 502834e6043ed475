// What this browser remembers: language, density, the log opened last. The theme is kept by Mantine.
import { useSyncExternalStore } from 'react';

export const LANGUAGES = ['en', 'fr', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];
/** The language of the screen; `pseudo` is English made longer, to see where text does not fit. */
export type ScreenLanguage = Language | 'pseudo';
export type Density = 'comfortable' | 'compact';

interface Settings {
  language: ScreenLanguage;
  density: Density;
  lastLog: number | null;
}

export const THEME_KEY = 'paydirt.theme';

const listeners = new Set<() => void>();
let current: Settings = load();

export function settings(): Settings {
  return current;
}

export function remember(change: Partial<Settings>): void {
  current = { ...current, ...change };
  for (const [name, value] of Object.entries(change)) write(`paydirt.${name}`, value);
  for (const listener of listeners) listener();
}

export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, settings);
}

/** The language for the server and for formats. */
export function plainLanguage(language: ScreenLanguage): Language {
  return language === 'pseudo' ? 'en' : language;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function load(): Settings {
  const language = read('paydirt.language');
  const lastLog = Number(read('paydirt.lastLog') ?? Number.NaN);
  return {
    language: isScreenLanguage(language) ? language : languageOfBrowser(),
    density: read('paydirt.density') === 'compact' ? 'compact' : 'comfortable',
    lastLog: Number.isSafeInteger(lastLog) ? lastLog : null,
  };
}

function languageOfBrowser(): Language {
  for (const wanted of navigator.languages) {
    const found = LANGUAGES.find((language) => wanted.toLowerCase().startsWith(language));
    if (found) return found;
  }
  return 'en';
}

function isScreenLanguage(value: string | null): value is ScreenLanguage {
  return value === 'pseudo' || LANGUAGES.some((language) => language === value);
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === null || value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, String(value));
  } catch {
    // Storage is full or switched off: the choice holds until the page is closed.
  }
}
