// Moving and enlarging the map: the transform goes to the drawing itself, past React.
import { select } from 'd3-selection';
import { type ZoomBehavior, zoom, zoomIdentity } from 'd3-zoom';
import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import type { Arrow } from './graph';
import type { Box, Layout } from './layout';
import { boundsOf, type Insets, placeOnStage, ZOOM_MAX, ZOOM_MIN } from './place';

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

export function usePanZoom(parts: Parts, layout: Layout, arrows: Arrow[], insets: Insets): PanZoom {
  const { svg, world, dots } = parts;
  const behaviour = useRef<ZoomBehavior<SVGSVGElement, unknown>>(null);
  const transform = useRef(zoomIdentity);
  const isMoved = useRef(false);

  useEffect(() => {
    const element = svg.current;
    if (!element) return;
    const made = zoom<SVGSVGElement, unknown>()
      .scaleExtent([ZOOM_MIN, ZOOM_MAX])
      .extent(() => {
        const { width, height } = element.getBoundingClientRect();
        return [
          [0, 0],
          [width, height],
        ];
      })
      .on('zoom', ({ transform: now, sourceEvent }) => {
        transform.current = now;
        if (sourceEvent) isMoved.current = true;
        world.current?.setAttribute('transform', now.toString());
        dots.current?.setAttribute('patternTransform', now.toString());
        const distance = now.k < FAR_BELOW ? 'far' : 'near';
        if (element.dataset.distance !== distance) element.dataset.distance = distance;
      });
    behaviour.current = made;
    select(element).call(made).on('dblclick.zoom', null);
    return () => void select(element).on('.zoom', null);
  }, [svg, world, dots]);

  const shown = useRef(arrows);
  shown.current = arrows;
  const fitTo = useCallback(
    (least: number) => {
      const element = svg.current;
      if (!element || !behaviour.current) return;
      const { width, height } = element.getBoundingClientRect();
      if (width === 0 || height === 0) return;
      isMoved.current = false;
      const bounds = boundsOf(layout, shown.current);
      const { k, x, y } = placeOnStage(layout, bounds, { width, height }, insets, least);
      const to = zoomIdentity.translate(x, y).scale(k);
      select(element).call(behaviour.current.transform, to);
    },
    [svg, layout, insets],
  );
  const fit = useCallback(() => fitTo(0), [fitTo]);

  const zoomBy = useCallback(
    (factor: number) => {
      if (!svg.current || !behaviour.current) return;
      isMoved.current = true;
      select(svg.current).call(behaviour.current.scaleBy, factor);
    },
    [svg],
  );

  const reveal = useCallback(
    (box: Box) => {
      const element = svg.current;
      if (!element || !behaviour.current) return;
      const { width, height } = element.getBoundingClientRect();
      const { x, y, k } = transform.current;
      const [halfWidth, halfHeight] = [(box.width / 2) * k + ROOM, (box.height / 2) * k + ROOM];
      const dx = outside(box.x * k + x, halfWidth, insets.left, width - insets.right);
      const dy = outside(box.y * k + y, halfHeight, insets.top, height - insets.bottom);
      if (dx !== 0 || dy !== 0) {
        select(element).call(behaviour.current.translateBy, dx / k, dy / k);
      }
    },
    [svg, insets],
  );

  const settle = useCallback(() => {
    if (!isMoved.current) fitTo(layout.direction === 'LR' ? FIRST_MIN_ASIDE : 0);
  }, [fitTo, layout.direction]);

  return useMemo(() => ({ fit, zoomBy, reveal, settle }), [fit, zoomBy, reveal, settle]);
}

/** How far a span must move to lie between two bounds. */
function outside(centre: number, half: number, low: number, high: number): number {
  if (centre - half < low) return low - centre + half;
  if (centre + half > high) return high - centre - half;
  return 0;
}
