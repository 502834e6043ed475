// Which words of the address the page could make no sense of.
import { useLocation, useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';
import { ignoredWords, type Raw } from './search';

/** `validate` makes sense of an address; it names every word that the page knows. */
export function useIgnoredWords(validate: (search: Raw) => object): string[] {
  const router = useRouter();
  const said = useLocation({ select: (location) => location.searchStr });
  return useMemo(() => {
    const raw = router.options.parseSearch(said);
    return ignoredWords(raw, validate(raw));
  }, [router, said, validate]);
}
