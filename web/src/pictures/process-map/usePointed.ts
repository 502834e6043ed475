// What the pointer or the focus is on: highlighted at once, described after a moment.
import {
  type FocusEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { type Arrow, isSameItem, isTerminal, type MapItem } from './graph';
import { itemAt, type Pointed } from './ProcessMap';

const DELAY_MS = 120;

interface Told {
  onPoint: (pointed: Pointed | null) => void;
  onHover?: (item: MapItem | null) => void;
}

export function usePointed(arrows: Arrow[], { onPoint, onHover }: Told) {
  const [item, setItem] = useState<MapItem | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shown = useRef<MapItem | null>(null);

  const point = useCallback(
    (next: Pointed | null) => {
      const isSame = isSameItem(shown.current, next?.item ?? null);
      shown.current = next?.item ?? null;
      if (isSame) return;
      setItem(next?.item ?? null);
      onHover?.(next?.item ?? null);
      clearTimeout(timer.current);
      if (next === null) onPoint(null);
      else timer.current = setTimeout(() => onPoint(next), DELAY_MS);
    },
    [onPoint, onHover],
  );
  /** Nothing more is said of the item until another one was pointed at. */
  const dismiss = useCallback(() => {
    clearTimeout(timer.current);
    onPoint(null);
  }, [onPoint]);
  /** An item is gone, and no event says so: it is no longer pointed at. */
  const forget = useCallback(
    (gone: MapItem) => {
      if (isSameItem(shown.current, gone)) point(null);
    },
    [point],
  );
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') dismiss();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true });
      clearTimeout(timer.current);
    };
  }, [dismiss]);

  const at = useCallback(
    (target: EventTarget, stage: Element, place?: { clientX: number; clientY: number }) => {
      const found = itemAt(target, arrows);
      if (found === null || !(target instanceof Element)) return null;
      const frame = stage.getBoundingClientRect();
      const id = target.closest<SVGElement>('[data-arrow]')?.dataset.arrow;
      const arrow = arrows.find((one) => one.id === id) ?? null;
      const box = target.getBoundingClientRect();
      const x = (place?.clientX ?? box.right) - frame.left;
      const y = (place?.clientY ?? box.top) - frame.top;
      return { item: found, arrow: arrow && isTerminal(arrow) ? arrow : null, x, y };
    },
    [arrows],
  );

  const handlers = {
    onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
      point(at(event.target, event.currentTarget, event));
      if (event.buttons !== 0) dismiss();
    },
    onPointerDown: dismiss,
    onPointerLeave: () => point(null),
    onFocus: (event: FocusEvent<SVGSVGElement>) => {
      if (event.target.matches(':focus-visible')) point(at(event.target, event.currentTarget));
    },
    onBlur: () => point(null),
  };
  return { pointed: item, dismiss, forget, handlers };
}
