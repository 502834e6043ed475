// Where does the focus go when the activity that has it leaves the map? To the next one that stays.
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

export function useFocusKept(
  svg: RefObject<SVGSVGElement | null>,
  /** The activities, in the order in which they are walked. */
  reading: string[],
  focus: (activity: string) => void,
): void {
  const focused = useRef<string | null>(null);
  const before = useRef(reading);
  const latest = useRef(focus);
  latest.current = focus;
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      const isHere = target instanceof SVGElement && svg.current?.contains(target);
      focused.current = (isHere && target.dataset.activity) || null;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [svg]);
  useLayoutEffect(() => {
    const known = before.current;
    before.current = reading;
    const lost = focused.current;
    // Whoever has taken the focus meanwhile keeps it.
    if (lost === null || reading.includes(lost) || document.activeElement !== document.body) return;
    focused.current = null;
    const next = nextOf(lost, known, reading);
    if (next !== undefined) latest.current(next);
  }, [reading]);
}

/** The next one of those that stay, or else the one before. */
export function nextOf(lost: string, known: string[], stays: string[]): string | undefined {
  const place = known.indexOf(lost);
  const isThere = (activity: string) => stays.includes(activity);
  return known.slice(place).find(isThere) ?? known.slice(0, place).reverse().find(isThere);
}
