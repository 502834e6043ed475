// An activity that is being moved by hand: where it is until the hand lets go.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Arrow } from './graph';
import type { Layout } from './layout';
import { withMoved } from './moved';
import { type Moved, movedFurther } from './movedBy';
import type { Grab } from './usePanZoom';

interface Dragged {
  activity: string;
  by: readonly [number, number];
  /** What had been moved when the hand took it. */
  since: Moved | undefined;
}

interface DragOf {
  layout: Layout;
  moved: Moved | undefined;
  arrows: Arrow[];
  /** Absent where nothing can be moved. */
  onMove: ((activity: string, by: readonly [number, number]) => void) | undefined;
}

export function useDrag({ layout, moved, arrows, onMove }: DragOf) {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const latest = useRef({ moved, onMove });
  latest.current = { moved, onMove };
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  const grab = useCallback<Grab>((target, scale) => {
    const node = target instanceof Element ? target.closest<SVGElement>('[data-activity]') : null;
    const activity = node?.dataset.activity;
    if (activity === undefined || !latest.current.onMove) return null;
    const since = latest.current.moved;
    let by: readonly [number, number] = [0, 0];
    return {
      move: (dx, dy) => {
        by = [by[0] + dx / scale(), by[1] + dy / scale()];
        cancelAnimationFrame(frame.current);
        frame.current = requestAnimationFrame(() => setDragged({ activity, by, since }));
      },
      end: () => {
        cancelAnimationFrame(frame.current);
        const whole = [Math.round(by[0]), Math.round(by[1])] as const;
        const isMoved = whole[0] !== 0 || whole[1] !== 0;
        setDragged(isMoved ? { activity, by: whole, since } : null);
        if (isMoved) latest.current.onMove?.(activity, whole);
      },
    };
  }, []);
  // Once the page knows of the move, the hand's own share of it is over.
  const live = dragged !== null && dragged.since === moved ? dragged : null;
  const shown = useMemo(
    () => (live ? movedFurther(moved, live.activity, live.by) : moved),
    [live, moved],
  );
  const made = useMemo(() => withMoved(layout, shown, arrows), [layout, shown, arrows]);
  return { layout: made, isDragging: live !== null, grab };
}
