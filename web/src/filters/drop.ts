// Where a dragged chip goes when it is let go over another one: before it, behind it, or into it.
import type { DragEvent } from 'react';

export type Drop = 'before' | 'into' | 'after';

/** The outer parts of a chip let others stand beside it, its middle takes them in. */
const EDGE_SHARE = 0.25;

export function dropAt(event: DragEvent<HTMLElement>, canTakeIn: boolean): Drop {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  return dropOf((event.clientX - left) / (width || 1), canTakeIn);
}

export function dropOf(share: number, canTakeIn: boolean): Drop {
  const edge = canTakeIn ? EDGE_SHARE : 0.5;
  if (share < edge) return 'before';
  return share < 1 - edge ? 'into' : 'after';
}

/** The place that a chip has afterwards, when it goes beside another one. */
export function placeOf(from: number, beside: number, where: 'before' | 'after'): number {
  const gap = where === 'before' ? beside : beside + 1;
  return from < gap ? gap - 1 : gap;
}
