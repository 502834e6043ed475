// The saved view that an address shows, and how far it is still what was saved: unchanged, changed
// here, or changed by somebody else meanwhile.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Saved, type SavedView, viewsQuery } from '../../api/views';
import { shows } from './state';
import { isOwnSave } from './useSaving';

export type OpenView =
  | { state: 'none' }
  /** The address names one that is not there any more. */
  | { state: 'gone' }
  | { state: 'same' | 'changed'; view: SavedView }
  /** What is saved is another thing than this page began with: `base` is what it began with. */
  | { state: 'theirs'; view: SavedView; base: Saved };

export function useOpenView(log: number, page: string, search: object): OpenView {
  const { data: saved } = useQuery(viewsQuery(log));
  const id = 'view' in search ? search.view : undefined;
  const view = saved?.find((one): one is SavedView => one.kind === 'view' && one.id === id);
  const isSame = view !== undefined && shows(view, page, search);
  const [base, setBase] = useState<Saved>();
  useEffect(() => {
    // What is shown is what is saved, or another view has been opened: from here on it may change.
    if (view && (isSame || base?.id !== view.id)) setBase(view);
  }, [view, isSame, base?.id]);
  if (id === undefined || saved === undefined) return { state: 'none' };
  if (!view) return { state: 'gone' };
  if (isSame) return { state: 'same', view };
  const isOther = base?.id === view.id && base.updated_at !== view.updated_at;
  return isOther && !isOwnSave(view) ? { state: 'theirs', view, base } : { state: 'changed', view };
}
