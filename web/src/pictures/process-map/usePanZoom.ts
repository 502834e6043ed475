// Moving and enlarging the map: the place goes to the drawing itself, past React.
import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import type { Drawing } from './drawing';
import { type Gesture, type Grabbed, listenToGestures } from './gestures';
import type { Layout } from './layout';
import {
  type Area,
  boundsOf,
  firstPlace,
  type Insets,
  isCovered,
  keptPlace,
  type Place,
  placeAbove,
  placeShowing,
  readingPlace,
  type Size,
  wholePlace,
  zoomedAt,
} from './place';
import type { PlaceLink, View } from './placeLink';

/** Below this the values of weak paths are hidden. */
const FAR_BELOW = 0.62;
const ROOM = 16;

export interface PanZoom {
  /** The whole. */
  fit: () => void;
  /** The start, at a size that can be read. */
  read: () => void;
  zoomBy: (factor: number) => void;
  /** Moves the map so that an area is in sight. */
  reveal: (area: Area) => void;
  /** The view again, where the stage is another one and nobody has moved the map: whether so. */
  settle: () => boolean;
  /** From now on nothing but a hand moves the map. */
  hold: () => void;
  /** Calls back after every move, until the returned function is called. */
  watch: (watcher: Watcher) => () => void;
}

type Watcher = (place: Place, stage: Size) => void;

interface Parts {
  svg: RefObject<SVGSVGElement | null>;
  world: RefObject<SVGGElement | null>;
  dots: RefObject<SVGPatternElement | null>;
}

/** Takes hold of what an element stands for, at the scale of the drawing. */
export type Grab = (target: EventTarget | null, scale: () => number) => Grabbed | null;

interface Setting {
  /** As the engine made it: the view settles when it changes, and not when something is moved. */
  original: Layout;
  insets: Insets;
  grab: Grab;
  /** Other pictures that move with this one. */
  link?: PlaceLink | undefined;
}

export function usePanZoom(
  parts: Parts,
  drawing: Drawing,
  { original, insets, grab, link }: Setting,
): PanZoom {
  const { svg, world, dots } = parts;
  const place = useRef<Place>({ k: 1, x: 0, y: 0 });
  const view = useRef<View>('first');
  const drawn = useRef(drawing);
  drawn.current = drawing;
  const space = useRef(insets);
  space.current = insets;
  const settled = useRef<Settled | null>(null);
  const watchers = useRef(new Set<Watcher>());

  const isOnPaper = useRef(false);

  const put = useCallback(
    (to: Place) => {
      if (isOnPaper.current) return;
      place.current = to;
      const transform = `translate(${to.x}, ${to.y}) scale(${to.k})`;
      if (world.current?.getAttribute('transform') !== transform) {
        world.current?.setAttribute('transform', transform);
        dots.current?.setAttribute('patternTransform', transform);
      }
      const distance = to.k < FAR_BELOW ? 'far' : 'near';
      if (svg.current && svg.current.dataset.distance !== distance) {
        svg.current.dataset.distance = distance;
      }
      const size = sizeOf(svg.current);
      if (size) for (const watcher of watchers.current) watcher(to, size);
    },
    [svg, world, dots],
  );

  // Pictures that are linked move together: each puts itself where another has moved to.
  const follow = useCallback(
    (to: Place, as: View) => {
      view.current = as;
      put(to);
    },
    [put],
  );
  useEffect(() => link?.join(follow), [link, follow]);
  const move = useCallback(
    (to: Place) => {
      put(to);
      link?.tell(follow, to, view.current);
    },
    [put, follow, link],
  );

  useEffect(() => {
    if (!svg.current) return;
    const pan = ({ factor, x, y, dx, dy }: Gesture) => {
      view.current = 'byHand';
      const at = zoomedAt(place.current, factor, x, y);
      move({ k: at.k, x: at.x + dx, y: at.y + dy });
    };
    return listenToGestures(svg.current, pan, (target) => grab(target, () => place.current.k));
  }, [svg, move, grab]);

  // On paper all of it is seen, whatever the size of the page: a view box does that.
  useEffect(() => {
    const before = () => {
      isOnPaper.current = true;
      const { left, top, right, bottom } = boundsOf(drawn.current.outline);
      svg.current?.setAttribute('viewBox', [left, top, right - left, bottom - top].join(' '));
      world.current?.removeAttribute('transform');
    };
    const after = () => {
      isOnPaper.current = false;
      svg.current?.removeAttribute('viewBox');
      move(place.current);
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, [svg, world, move]);

  const show = useCallback(
    (wanted: View): boolean => {
      const size = sizeOf(svg.current);
      if (size === null) return false;
      view.current = wanted;
      const { layout, outline } = drawn.current;
      if (wanted === 'whole') move(wholePlace(outline, size, space.current));
      if (wanted === 'reading') move(readingPlace(layout, outline, size, space.current));
      if (wanted === 'first') move(firstPlace(layout, outline, size, space.current));
      return wanted !== 'byHand';
    },
    [svg, move],
  );

  const settle = useCallback(() => {
    const size = sizeOf(svg.current);
    if (size === null) return false;
    const foot = footOf(svg.current);
    const { layout, outline } = drawn.current;
    const before = settled.current;
    const now: Settled = { original, size, foot, tools: space.current.topRight };
    settled.current = now;
    if (before === null || !isSameStage(before, now)) return show(view.current);
    if (foot !== before.foot) {
      const isPut = place.current === before.kept?.to;
      const from = isPut && before.kept ? before.kept.from : place.current;
      const to =
        foot === 0 || view.current === 'byHand'
          ? keptPlace(outline, from, size, space.current)
          : placeAbove(outline, { from, now: place.current }, size, space.current);
      now.kept = { from, to };
      move(to);
      return false;
    }
    now.kept = before.kept;
    const isFree = view.current === 'byHand' || foot > 0;
    const isToMove = !isFree && isCovered(layout, place.current, size, space.current);
    return isToMove && show(view.current);
  }, [svg, original, show, move]);

  const byHand = useCallback(
    (change: (now: Place, size: Size) => Place) => {
      const size = sizeOf(svg.current);
      if (size === null) return;
      view.current = 'byHand';
      move(change(place.current, size));
    },
    [svg, move],
  );

  const reveal = useCallback(
    (area: Area) => {
      const size = sizeOf(svg.current);
      if (size === null) return;
      const wide = {
        left: area.left - ROOM,
        top: area.top - ROOM,
        right: area.right + ROOM,
        bottom: area.bottom + ROOM,
      };
      const shown = placeShowing(wide, place.current, size, space.current);
      if (shown !== place.current) move(shown);
    },
    [svg, move],
  );

  return useMemo(
    () => ({
      fit: () => void show('whole'),
      read: () => void show('reading'),
      zoomBy: (factor) =>
        byHand((now, { width, height }) => zoomedAt(now, factor, width / 2, height / 2)),
      reveal,
      settle,
      hold: () => {
        view.current = 'byHand';
      },
      watch: (watcher) => {
        watchers.current.add(watcher);
        const size = sizeOf(svg.current);
        if (size) watcher(place.current, size);
        return () => watchers.current.delete(watcher);
      },
    }),
    [svg, show, byHand, reveal, settle],
  );
}

/** The stage as it was when the view last settled. */
interface Settled {
  original: Layout;
  size: Size;
  /** What stands at the foot of the stage takes so much of it. */
  foot: number;
  tools: Size;
  /** Where the map was before something stood at the foot, and where it is since. */
  kept?: { from: Place; to: Place } | undefined;
}

/** The same but for its foot, for more height, and for controls that take more or less room. */
function isSameStage(before: Settled, now: Settled): boolean {
  const grown = now.size.height + now.foot - before.size.height - before.foot;
  return (
    before.original === now.original &&
    before.tools.width === now.tools.width &&
    before.tools.height === now.tools.height &&
    Math.abs(before.size.width - now.size.width) < 1 &&
    (before.foot !== now.foot || grown > -1)
  );
}

/** What stands at the foot of the stage, such as the replay, says how high it is. */
function footOf(svg: SVGSVGElement | null): number {
  return svg ? Number.parseFloat(getComputedStyle(svg).getPropertyValue('--foot')) || 0 : 0;
}

/** The size on the screen; `null` while there is none. */
function sizeOf(svg: SVGSVGElement | null): Size | null {
  const size = svg?.getBoundingClientRect();
  return size && size.width > 0 && size.height > 0 ? size : null;
}
