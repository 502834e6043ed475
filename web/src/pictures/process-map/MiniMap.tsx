// The whole drawing, small, while only a part of it is in sight: where one is, and a way elsewhere.
import {
  type CSSProperties,
  memo,
  type PointerEvent,
  type RefObject,
  useEffect,
  useRef,
} from 'react';
import type { Drawing } from './drawing';
import { isTerminal } from './graph';
import { type Route, routeOf } from './layout';
import styles from './ProcessMap.module.css';
import { type Area, boundsOf, holds, inSight } from './place';
import type { PanZoom } from './usePanZoom';

const MARGIN = 20;

interface MiniMapProps {
  drawing: Drawing;
  panZoom: PanZoom;
  ref: RefObject<SVGSVGElement | null>;
}

export const MiniMap = memo(function MiniMap({ drawing, panZoom, ref: svg }: MiniMapProps) {
  const frame = useRef<SVGRectElement>(null);
  const { left, top, right, bottom } = boundsOf(drawing.outline);
  useEffect(
    () =>
      panZoom.watch((place, stage) => {
        const whole: Area = { left, top, right, bottom };
        const seen = inSight(place, stage);
        svg.current?.toggleAttribute('data-needed', !holds(seen, whole));
        for (const [name, value] of Object.entries(frameOf(seen, whole))) {
          frame.current?.setAttribute(name, String(value));
        }
      }),
    [panZoom, svg, left, top, right, bottom],
  );
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1) return;
    event.currentTarget.setPointerCapture?.(event.pointerId);
    const to = event.currentTarget.getScreenCTM();
    if (to === null) return;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(to.inverse());
    panZoom.centre(at.x, at.y);
  };
  const [width, height] = [right - left + 2 * MARGIN, bottom - top + 2 * MARGIN];
  return (
    // What it shows can be reached by walking the map; it is for the eye and the hand.
    <svg
      ref={svg}
      className={styles.mini}
      viewBox={[left - MARGIN, top - MARGIN, width, height].join(' ')}
      style={{ '--ratio': width / height } as CSSProperties}
      aria-hidden
      data-mini=""
      onPointerDown={go}
      onPointerMove={go}
    >
      <Ways drawing={drawing} />
      {Object.entries(drawing.layout.nodes).map(([id, { x, y, width, height }]) => (
        <rect
          key={id}
          className={styles.miniNode}
          x={x - width / 2}
          y={y - height / 2}
          width={width}
          height={height}
          rx={9}
        />
      ))}
      <rect ref={frame} className={styles.frame} />
    </svg>
  );
});

/** The part in sight, as far as it lies on the drawing. */
function frameOf(seen: Area, whole: Area) {
  const x = Math.max(seen.left, whole.left - MARGIN);
  const y = Math.max(seen.top, whole.top - MARGIN);
  const right = Math.min(seen.right, whole.right + MARGIN);
  const bottom = Math.min(seen.bottom, whole.bottom + MARGIN);
  return { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
}

function Ways({ drawing }: { drawing: Drawing }) {
  return drawing.arrows.map((arrow) => {
    const route = routeOf(drawing.layout, arrow);
    if (!route || isTerminal(arrow)) return null;
    return <path key={arrow.id} className={styles.miniWay} d={plainWay(route)} />;
  });
}

function plainWay({ points: [first, ...others], tip }: Route): string {
  return `M${(first ?? tip).join(',')}C${others.map((point) => point.join(',')).join(' ')}`;
}
