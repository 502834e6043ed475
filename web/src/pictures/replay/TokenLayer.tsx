// The cases under way, drawn between the paths of a map and its activities: what lies above them is
// shown once more above the tokens, so that names and values stay readable.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { MapHandle } from '../process-map/ProcessMap';
import map from '../process-map/ProcessMap.module.css';
import type { Place, Size } from '../process-map/place';
import { canvasRenderer } from './canvas';
import type { Clock } from './clock';
import { slownessOf } from './fallback';
import type { Records } from './records';
import type { Renderer, RendererKind } from './renderer';
import styles from './TokenLayer.module.css';
import type { Ways } from './ways';
import { webglRenderer } from './webgl';

const DENSITY_MAX = 2;

export interface TokenLook {
  isTogether: boolean;
  tail_s: number;
  colours: string[];
  rim: string;
}

/** How the tokens are drawn now. */
export interface Drawn {
  kind: RendererKind;
  /** Tokens that are left out now. */
  leftOut: number;
}

interface TokenLayerProps {
  map: RefObject<MapHandle | null>;
  records: Records;
  ways: Ways;
  clock: Clock;
  look: TokenLook;
  isBusy: boolean;
  onDrawn: (drawn: Drawn) => void;
}

export function TokenLayer({ map: handle, records, ways, look, ...props }: TokenLayerProps) {
  const { clock, onDrawn } = props;
  const layer = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [kind, setKind] = useState<RendererKind>('webgl');
  const renderer = useRef<Renderer>(null);
  const place = useRef<Place>({ k: 1, x: 0, y: 0 });
  const stage = useRef<Size>({ width: 0, height: 0 });
  const latest = useRef(look);
  latest.current = look;

  const draw = useCallback(() => {
    if (!renderer.current || stage.current.width === 0) return;
    const leftOut = renderer.current.draw({
      ...latest.current,
      time_s: clock.time(),
      place: place.current,
      stage: stage.current,
      density: Math.min(DENSITY_MAX, window.devicePixelRatio || 1),
    });
    onDrawn({ kind: renderer.current.kind, leftOut });
  }, [clock, onDrawn]);
  const drawSoon = useDrawSoon(draw, clock);

  useEffect(() => {
    const target = canvas.current;
    if (!target) return;
    const make = kind === 'webgl' ? webglRenderer : canvasRenderer;
    renderer.current = make(target, records);
    if (!renderer.current && kind === 'webgl') setKind('canvas');
    drawSoon();
    const lost = (event: Event) => {
      event.preventDefault();
      setKind('canvas');
    };
    target.addEventListener('webglcontextlost', lost);
    return () => {
      target.removeEventListener('webglcontextlost', lost);
      renderer.current?.free();
      renderer.current = null;
    };
  }, [kind, records, drawSoon]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new renderer needs the ways as well
  useEffect(() => {
    renderer.current?.setWays(ways);
    drawSoon();
  }, [ways, kind, records, drawSoon]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another look is drawn at once
  useEffect(() => drawSoon(), [look, drawSoon]);

  useEffect(() => {
    const isSlow = slownessOf();
    return clock.watch(() => {
      if (clock.isPlaying()) draw();
      else drawSoon();
      const isWatched = kind === 'webgl' && clock.isPlaying();
      if (isSlow(isWatched ? performance.now() : null)) setKind('canvas');
    });
  }, [clock, draw, drawSoon, kind]);

  useEffect(() => {
    if (!layer.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) stage.current = entry.contentRect;
      drawSoon();
    });
    observer.observe(layer.current);
    return () => observer.disconnect();
  }, [drawSoon]);

  const moved = useCallback(
    (to: Place) => {
      place.current = to;
      drawSoon();
    },
    [drawSoon],
  );
  return (
    <div ref={layer} className={`${styles.layer} not-printed`} data-busy={props.isBusy} aria-hidden>
      <canvas key={kind} ref={canvas} className={styles.canvas} data-tokens={kind} />
      <Above map={handle} onMove={moved} />
    </div>
  );
}

/** One frame later, once, however often it is asked for; while the replay runs the next one comes. */
function useDrawSoon(draw: () => void, clock: Clock): () => void {
  const frame = useRef<number>(null);
  const latest = useRef(draw);
  latest.current = draw;
  useEffect(
    () => () => {
      if (frame.current !== null) cancelAnimationFrame(frame.current);
      frame.current = null;
    },
    [],
  );
  return useCallback(() => {
    if (frame.current !== null || clock.isPlaying()) return;
    frame.current = requestAnimationFrame(() => {
      frame.current = null;
      latest.current();
    });
  }, [clock]);
}

interface AboveProps {
  map: RefObject<MapHandle | null>;
  onMove: (place: Place) => void;
}

/** What the picture has above the tokens, again: as the original, wherever that moves. */
function Above({ map: handle, onMove }: AboveProps) {
  const svg = useRef<SVGSVGElement>(null);
  const world = useRef<SVGGElement>(null);
  const [ids, setIds] = useState<string[]>([]);
  useLayoutEffect(() => {
    const original = handle.current?.drawn()?.svg;
    if (!original || !handle.current) return;
    const above = original.querySelectorAll('[data-above]');
    setIds([...above].map((group) => group.id));
    original.dataset.replay = '';
    const forget = handle.current.watch((place) => {
      const { distance } = original.dataset;
      if (svg.current && distance) svg.current.dataset.distance = distance;
      world.current?.setAttribute(
        'transform',
        `translate(${place.x}, ${place.y}) scale(${place.k})`,
      );
      onMove(place);
    });
    return () => {
      forget();
      delete original.dataset.replay;
    };
  }, [handle, onMove]);
  return (
    <svg ref={svg} className={`${map.map} ${styles.above}`} aria-hidden>
      <g ref={world} className={styles.names}>
        {ids.map((id) => (
          <use key={id} href={`#${id}`} />
        ))}
      </g>
    </svg>
  );
}
