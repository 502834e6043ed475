// Moving and enlarging the map: the place goes to the drawing itself, past React.
import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import { type Gesture, listenToGestures } from './gestures';
import type { Arrow } from './graph';
import type { Box, Layout } from './layout';
import { boundsOf, type Insets, type Place, placeOnStage, zoomedAt } from './place';

/** From left to right a long process would be too small to read: the first view shows its start. */
const FIRST_MIN_ASIDE = 0.6;
/** Below this the values of weak paths are hidden. */
const FAR_BELOW = 0.62;
const ROOM = 16;

export interface PanZoom {
  fit: () => void;
  zoomBy: (factor: number) => void;
  /** Moves the map so that a box is in sight. */
  reveal: (box: Box) => void;
  /** Fits, unless somebody has moved the map. */
  settle: () => void;
}

interface Parts {
  svg: RefObject<SVGSVGElement | null>;
  world: RefObject<SVGGElement | null>;
  dots: RefObject<SVGPatternElement | null>;
}

export function usePanZoom(
  { svg, world, dots }: Parts,
  layout: Layout,
  arrows: Arrow[],
  insets: Insets,
): PanZoom {
  const place = useRef<Place>({ k: 1, x: 0, y: 0 });
  const isMoved = useRef(false);
  const shown = useRef(arrows);
  shown.current = arrows;

  const move = useCallback(
    (to: Place) => {
      place.current = to;
      const transform = `translate(${to.x}, ${to.y}) scale(${to.k})`;
      world.current?.setAttribute('transform', transform);
      dots.current?.setAttribute('patternTransform', transform);
      const distance = to.k < FAR_BELOW ? 'far' : 'near';
      if (svg.current && svg.current.dataset.distance !== distance) {
        svg.current.dataset.distance = distance;
      }
    },
    [svg, world, dots],
  );

  useEffect(() => {
    if (!svg.current) return;
    return listenToGestures(svg.current, ({ factor, x, y, dx, dy }: Gesture) => {
      isMoved.current = true;
      const at = zoomedAt(place.current, factor, x, y);
      move({ k: at.k, x: at.x + dx, y: at.y + dy });
    });
  }, [svg, move]);

  const fitTo = useCallback(
    (least: number) => {
      const size = sizeOf(svg.current);
      if (size === null) return;
      isMoved.current = false;
      move(placeOnStage(layout, boundsOf(layout, shown.current), size, insets, least));
    },
    [svg, layout, insets, move],
  );
  const fit = useCallback(() => fitTo(0), [fitTo]);

  const zoomBy = useCallback(
    (factor: number) => {
      const size = sizeOf(svg.current);
      if (size === null) return;
      isMoved.current = true;
      move(zoomedAt(place.current, factor, size.width / 2, size.height / 2));
    },
    [svg, move],
  );

  const reveal = useCallback(
    (box: Box) => {
      const size = sizeOf(svg.current);
      if (size === null) return;
      const { x, y, k } = place.current;
      const [halfWidth, halfHeight] = [(box.width / 2) * k + ROOM, (box.height / 2) * k + ROOM];
      const dx = outside(box.x * k + x, halfWidth, insets.left, size.width - insets.right);
      const dy = outside(box.y * k + y, halfHeight, insets.top, size.height - insets.bottom);
      if (dx !== 0 || dy !== 0) move({ k, x: x + dx, y: y + dy });
    },
    [svg, insets, move],
  );

  const settle = useCallback(() => {
    if (!isMoved.current) fitTo(layout.direction === 'LR' ? FIRST_MIN_ASIDE : 0);
  }, [fitTo, layout.direction]);

  return useMemo(() => ({ fit, zoomBy, reveal, settle }), [fit, zoomBy, reveal, settle]);
}

/** The size on the screen; `null` while there is none. */
function sizeOf(svg: SVGSVGElement | null): { width: number; height: number } | null {
  const size = svg?.getBoundingClientRect();
  return size && size.width > 0 && size.height > 0 ? size : null;
}

/** How far a span must move to lie between two bounds. */
function outside(centre: number, half: number, low: number, high: number): number {
  if (centre - half < low) return low - centre + half;
  if (centre + half > high) return high - centre - half;
  return 0;
}
