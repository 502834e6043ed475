// Which words of the address that was opened the page could make no sense of.
import { defaultParseSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ignoredWords, type Raw, takeOpened } from './search';

/** `validate` makes sense of an address. What is chosen on the page afterwards is understood. */
export function useIgnoredWords(validate: (search: Raw) => object): string[] {
  const [words] = useState(() => {
    const raw = defaultParseSearch(takeOpened(location.pathname));
    return ignoredWords(raw, validate(raw));
  });
  return words;
}
