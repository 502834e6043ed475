// Moving and enlarging the map: the transform goes to the drawing itself, past React.
import { select } from 'd3-selection';
import { type ZoomBehavior, zoom, zoomIdentity } from 'd3-zoom';
import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import type { Box, Layout } from './layout';

const ZOOM_MIN = 0.15;
const ZOOM_MAX = 3;
/** Fitting never enlarges beyond this. */
const FIT_MAX = 1.15;
/** Below this the values of weak paths are hidden. */
const FAR_BELOW = 0.62;
const ROOM = 16;

/** Space on the stage that other things cover. */
export interface Insets {
  top: number;
  right: number;
  bottom: number;
  left: number;
  /** What stands in the lower left corner; activities should not lie under it. */
  corner: { width: number; height: number };
}

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

export function usePanZoom(parts: Parts, layout: Layout, insets: Insets): PanZoom {
  const { svg, world, dots } = parts;
  const behaviour = useRef<ZoomBehavior<SVGSVGElement, unknown>>(null);
  const transform = useRef(zoomIdentity);
  const isMoved = useRef(false);

  useEffect(() => {
    const element = svg.current;
    if (!element) return;
    const made = zoom<SVGSVGElement, unknown>()
      .scaleExtent([ZOOM_MIN, ZOOM_MAX])
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

  const fitAll = useCallback(() => {
    const element = svg.current;
    if (!element || !behaviour.current) return;
    const { width, height } = element.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    isMoved.current = false;
    const { k, x, y } = placeOnStage(layout, { width, height }, insets);
    const to = zoomIdentity.translate(x, y).scale(k);
    select(element).call(behaviour.current.transform, to);
  }, [svg, layout, insets]);

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
    if (!isMoved.current) fitAll();
  }, [fitAll]);

  return useMemo(() => ({ fit: fitAll, zoomBy, reveal, settle }), [fitAll, zoomBy, reveal, settle]);
}

/** How far a span must move to lie between two bounds. */
function outside(centre: number, half: number, low: number, high: number): number {
  if (centre - half < low) return low - centre + half;
  if (centre + half > high) return high - centre - half;
  return 0;
}

interface Place {
  k: number;
  x: number;
  y: number;
}

interface Size {
  width: number;
  height: number;
}

/** The largest place for the whole drawing at which no activity lies under the corner. */
export function placeOnStage(layout: Layout, stage: Size, insets: Insets): Place {
  const { corner } = insets;
  const whole = placeWithin(layout, stage, insets);
  if (!isUnderCorner(layout, stage, corner, whole)) return whole;
  const beside = placeWithin(layout, stage, {
    ...insets,
    left: Math.max(insets.left, corner.width),
  });
  const above = placeWithin(layout, stage, {
    ...insets,
    bottom: Math.max(insets.bottom, corner.height),
  });
  return above.k > beside.k ? above : beside;
}

function placeWithin(layout: Layout, stage: Size, { top, right, bottom, left }: Insets): Place {
  const width = Math.max(80, stage.width - left - right);
  const height = Math.max(80, stage.height - top - bottom);
  const k = Math.max(ZOOM_MIN, Math.min(FIT_MAX, width / layout.width, height / layout.height));
  return {
    k,
    x: left + (width - layout.width * k) / 2,
    y: top + (height - layout.height * k) / 2,
  };
}

function isUnderCorner(layout: Layout, stage: Size, corner: Size, { k, x, y }: Place): boolean {
  return Object.values(layout.nodes).some(
    (box) =>
      (box.x - box.width / 2) * k + x < corner.width &&
      stage.height - corner.height < (box.y + box.height / 2) * k + y,
  );
}
