// A link to some cases, light enough for the hundreds that a table holds: the link of the router
// reckons out anew where it leads whenever anything of the address changes.
import { defaultStringifySearch, useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import type { LogSearch } from './search';

interface CasesAnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  log: number;
  /** Of the page of cases; what is undefined is left out of the address. */
  search: LogSearch & { case?: string };
}

export function CasesAnchor({ log, search, onClick, ...rest }: CasesAnchorProps) {
  const router = useRouter();
  const params = { log: String(log) };
  const go = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || !isPlain(event)) return;
    event.preventDefault();
    void router.navigate({ to: '/cases/$log', params, search });
  };
  return (
    <a
      href={`/cases/${params.log}${defaultStringifySearch({ ...search })}`}
      onClick={go}
      {...rest}
    />
  );
}

/** Neither in another tab or window nor to be saved. */
export function isPlain({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
}
