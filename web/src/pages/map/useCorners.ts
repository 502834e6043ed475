// How much room what stands in the corners of the stage takes: known before the frame it is seen in.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react';
import type { Size } from '../explore/useSize';

interface Corners {
  control: Size;
  legend: Size;
}

type Corner = RefObject<HTMLElement | null>;

/** `null` until it is known; what it was in the corners, while it stands elsewhere. */
export function useCorners(control: Corner, legend: Corner, isInCorners: boolean): Corners | null {
  const [known, setKnown] = useState<Corners | null>(null);
  const measure = useCallback(() => {
    // On paper it has another size, or none: the screen is as it was when the page is printed.
    if (window.matchMedia('print').matches) return;
    const now = { control: sizeOf(control), legend: sizeOf(legend) };
    if (now.control.height === 0) return;
    setKnown((before) => (before && isSame(before, now) ? before : now));
  }, [control, legend]);
  // After each drawing: what stands there may be another, and the map makes room in the same frame.
  useLayoutEffect(() => {
    if (isInCorners) measure();
  });
  useEffect(() => {
    if (!isInCorners) return;
    const observer = new ResizeObserver(measure);
    for (const { current } of [control, legend]) if (current) observer.observe(current);
    return () => observer.disconnect();
  }, [control, legend, isInCorners, measure]);
  return known;
}

function sizeOf({ current }: Corner): Size {
  return { width: current?.offsetWidth ?? 0, height: current?.offsetHeight ?? 0 };
}

function isSame(one: Corners, other: Corners): boolean {
  const isEqual = (left: Size, right: Size) =>
    left.width === right.width && left.height === right.height;
  return isEqual(one.control, other.control) && isEqual(one.legend, other.legend);
}
