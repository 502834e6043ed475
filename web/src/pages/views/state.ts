// What of a page is saved, and whether a page still shows what was saved.
import type { SavedView } from '../../api/views';
import { PLACES, type Place } from '../explore/places';

/** What is chosen on a page: the words of its address. */
export type State = Record<string, unknown>;

/** What is saved of an address: everything but which saved view it shows. */
export function stateOf(search: object): State {
  const { view: _, ...chosen } = search as State;
  return cleaned(chosen) as State;
}

/** The page of an address, as it is saved: the first word of its path. */
export function pageOf(path: string): string | undefined {
  const [, page = ''] = path.split('/');
  return placeOf(page) && page;
}

export function placeOf(page: string): Place | undefined {
  return PLACES.find(({ last }) => last === `/${page}`);
}

export function shows(view: SavedView, page: string | undefined, search: object): boolean {
  return view.page === page && isSameState(view.state, stateOf(search));
}

/** The same words with the same values, in whatever order they stand. */
export function isSameState(one: State, other: State): boolean {
  return JSON.stringify(cleaned(one)) === JSON.stringify(cleaned(other));
}

/** Without what is not said, and in one order. */
function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, field]) => [name, cleaned(field)]);
  return Object.fromEntries(fields);
}
