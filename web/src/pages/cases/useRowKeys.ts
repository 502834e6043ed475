// The keys that go from row to row: the focus goes along, also to rows that are not here yet.
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react';

interface Wanted {
  place: number;
  /** Which of the links of a row, from the left. */
  link: number;
}

const LINKS = 'a[href], button';

export function useRowKeys(scroll: RefObject<HTMLElement | null>, count: number, height: number) {
  const wanted = useRef<Wanted | null>(null);
  const arrive = () => {
    const frame = scroll.current;
    if (!frame || !wanted.current) return;
    const row = frame.querySelector(`tbody tr[aria-rowindex="${wanted.current.place + 2}"]`);
    const links = row?.querySelectorAll<HTMLElement>(LINKS) ?? [];
    const link = links[wanted.current.link] ?? links[0];
    if (!link) return;
    wanted.current = null;
    link.focus({ preventScroll: true });
  };
  useLayoutEffect(() => {
    // Who has gone elsewhere meanwhile is not fetched back.
    if (wanted.current && document.activeElement !== scroll.current) wanted.current = null;
    arrive();
  });
  return (event: KeyboardEvent) => {
    const frame = scroll.current;
    const row = event.target instanceof Element && event.target.closest('tbody tr');
    if (!frame || !row || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const head = frame.querySelector('thead')?.clientHeight ?? 0;
    const room = frame.clientHeight - head;
    const page = Math.max(1, Math.floor(room / height) - 1);
    const from = Number(row.getAttribute('aria-rowindex')) - 2;
    const to = goal(event.key, from, page, count);
    if (to === null) return;
    event.preventDefault();
    const link = [...row.querySelectorAll(LINKS)].indexOf(event.target as Element);
    wanted.current = { place: to, link: Math.max(0, link) };
    const least = (to + 1) * height - room;
    if (to * height < frame.scrollTop) frame.scrollTop = to * height;
    else if (least > frame.scrollTop) frame.scrollTop = Math.ceil(least);
    arrive();
    // The row that is left may go away: the table holds the focus until the other one is here.
    if (wanted.current) frame.focus({ preventScroll: true });
  };
}

/** The row that a key leads to; `null` for keys that lead to none. */
export function goal(key: string, from: number, page: number, count: number): number | null {
  const steps: Record<string, number> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -count,
    End: count,
  };
  const step = steps[key];
  return step === undefined ? null : Math.min(count - 1, Math.max(0, from + step));
}
