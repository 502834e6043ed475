// Which words of the address the page could make no sense of.
import { useLocation, useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';
import { ignoredWords } from './search';

export function useIgnoredWords(understood: object): string[] {
  const router = useRouter();
  const said = useLocation({ select: (location) => location.searchStr });
  return useMemo(
    () => ignoredWords(router.options.parseSearch(said), understood),
    [router, said, understood],
  );
}
