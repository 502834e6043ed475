// The picture of a process map: a function of layout and looks that can be moved, pointed at, walked.
import {
  memo,
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { ArrowShape } from './ArrowShape';
import { line } from './curves';
import { type Drawing, drawingOf } from './drawing';
import type { Flags } from './Flag';
import { type Arrow, END, isSameItem, isTerminal, type MapItem, pathId, START } from './graph';
import { Labels } from './Labels';
import { type Layout, routeOf } from './layout';
import type { Looks } from './looks';
import { FONT_FAMILY, fitted, type Measure, NAME_FONT } from './measure';
import type { Moved } from './movedBy';
import { NodeShape } from './NodeShape';
import styles from './ProcessMap.module.css';
import { type Area, boundsOf, type Insets } from './place';
import type { PlaceLink } from './placeLink';
import { NAME_WIDTH_MAX } from './request';
import { Pill, Stub } from './TerminalShapes';
import { type ScalePart, type Tones, tonesOf, tonesOfPart } from './tone';
import { useDrag } from './useDrag';
import { useFocusKept } from './useFocusKept';
import { useMapKeys } from './useMapKeys';
import { type PanZoom, usePanZoom } from './usePanZoom';
import { usePointed } from './usePointed';
import { inReadingOrder } from './walk';

export interface MapColours {
  page: string;
  dots: string;
  ink: string;
  border: string;
  start: string;
  end: string;
  surface: string;
  stub: string;
}

export interface MapWords {
  start: string;
  end: string;
  /** What a screen reader says of the whole. */
  summary: string;
  role: string;
  /** Of an activity that is one of several that are marked. */
  marked?: string;
  ofActivity: (activity: string) => string;
}

/** What the page can ask of the picture. */
export interface MapHandle {
  fit: () => void;
  /** The start, at a size that can be read. */
  read: () => void;
  zoomBy: (factor: number) => void;
  /** Puts the focus on an activity and brings it in sight. */
  focus: (activity: string) => void;
  /** What is drawn now, for a file of its own. */
  drawn: () => { svg: SVGSVGElement; area: Area; looks: Looks } | null;
  /** Calls back after every move, until the returned function is called. */
  watch: PanZoom['watch'];
}

export interface Pointed {
  item: MapItem;
  /** The arrow, when it is the one of a start or an end. */
  arrow: Arrow | null;
  /** Place on the stage. */
  x: number;
  y: number;
}

interface ProcessMapProps {
  layout: Layout;
  /** In the order of the answer. */
  activities: string[];
  /** What is shown. */
  arrows: Arrow[];
  looks: Looks;
  colours: MapColours;
  words: MapWords;
  selected: MapItem | null;
  /** A part of a scale: what lies outside steps back. */
  part: ScalePart | null;
  insets: Insets;
  measure: Measure;
  /** How far activities stand from where the layout has them. */
  moved?: Moved | undefined;
  /** Several activities that something is to be done with. */
  marked?: ReadonlySet<string>;
  /** What is marked with a sign, and what the sign says. */
  flags?: Flags | null;
  /** Absent where activities cannot be marked, or not be moved. */
  onMark?: (activity: string) => void;
  onMove?: (activity: string, by: readonly [number, number]) => void;
  onSelect: (item: MapItem | null) => void;
  onPoint: (pointed: Pointed | null) => void;
  /** What can be done with an item is asked for, at a place in the window. */
  onMenu: (item: MapItem, x: number, y: number) => void;
  /** Of pictures on one layout: they are moved together, and point at the same. */
  link?: PlaceLink | undefined;
  pointedBeside?: MapItem | null;
  onHover?: (item: MapItem | null) => void;
  /** Told what is drawn where, whenever that changes. */
  onDrawing?: ((drawing: Drawing) => void) | undefined;
  ref: Ref<MapHandle>;
}

const NONE_MARKED: ReadonlySet<string> = new Set();

/** Drawn anew only when something of it changes, not with the page around it. */
export const ProcessMap = memo(function ProcessMap(props: ProcessMapProps) {
  const { activities, arrows, looks, colours, words, selected, part, measure } = props;
  const { layout: original, moved, marked = NONE_MARKED, flags, onMove } = props;
  const pattern = useId();
  const svg = useRef<SVGSVGElement>(null);
  const world = useRef<SVGGElement>(null);
  const dots = useRef<SVGPatternElement>(null);
  const { layout, isDragging, grab } = useDrag({ layout: original, moved, arrows, onMove });
  const drawing = useMemo(
    () => drawingOf(layout, arrows, looks, measure),
    [layout, arrows, looks, measure],
  );
  const { arrows: drawn, labels, stubs } = drawing;
  const { onDrawing } = props;
  useLayoutEffect(() => onDrawing?.(drawing), [drawing, onDrawing]);
  const { insets, link } = props;
  const panZoom = usePanZoom({ svg, world, dots }, drawing, { original, insets, grab, link });
  const { pointed: pointedHere, dismiss, forget, handlers } = usePointed(arrows, props);
  useEffect(() => {
    if (pointedHere && areaOf(pointedHere, drawing) === null) forget(pointedHere);
  }, [pointedHere, drawing, forget]);
  // What is said of an item goes when the map moves, or is another one.
  useEffect(() => panZoom.watch(dismiss), [panZoom, dismiss]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another map, or another selection
  useEffect(dismiss, [drawing, selected, dismiss]);
  const pointed = pointedHere ?? props.pointedBeside ?? null;
  const [tabStop, setTabStop] = useState<string | null>(null);

  const reading = useMemo(
    () => inReadingOrder(activities, (one) => original.nodes[one], original.direction === 'TB'),
    [activities, original],
  );
  const stop = tabStop !== null && activities.includes(tabStop) ? tabStop : (reading[0] ?? null);
  const focus = (activity: string) => {
    setTabStop(activity);
    // First in sight, then in focus: what is said of it stands where it is then.
    const area = areaOf({ kind: 'activity', activity }, drawing);
    if (area) panZoom.reveal(area);
    nodeOf(svg.current, activity)?.focus({ preventScroll: true });
  };
  useFocusKept(svg, reading, focus);
  const select = useReveal(svg, props, drawing, panZoom);
  const onKeyDown = useMapKeys({
    arrows,
    selected,
    focus,
    panZoom,
    onSelect: select,
    onMark: props.onMark,
    onMove:
      onMove &&
      ((activity, by) => {
        panZoom.hold();
        onMove(activity, by);
      }),
    onMenu: props.onMenu,
  });

  useImperativeHandle(props.ref, () => ({
    fit: panZoom.fit,
    read: panZoom.read,
    zoomBy: panZoom.zoomBy,
    focus,
    drawn: () => svg.current && { svg: svg.current, area: boundsOf(drawing.outline), looks },
    watch: panZoom.watch,
  }));
  const tones = useMemo(() => {
    // What is not drawn has no neighbours for which all else would step back.
    const isDrawn = (item: MapItem | null) => item !== null && areaOf(item, drawing) !== null;
    return tonesFor([pointed, selected].find(isDrawn) ?? null, part, arrows, looks);
  }, [pointed, selected, part, arrows, looks, drawing]);
  const names = useMemo(
    () => new Map(activities.map((one) => [one, fitted(one, NAME_FONT, NAME_WIDTH_MAX, measure)])),
    [activities, measure],
  );
  const [start, end] = [layout.nodes[START], layout.nodes[END]];
  const pill = { fill: colours.surface, ink: colours.ink };

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: there is no other way to group in SVG */}
      <svg
        ref={svg}
        className={styles.map}
        role="group"
        aria-roledescription={words.role}
        aria-label={words.summary}
        fontFamily={FONT_FAMILY}
        onKeyDown={onKeyDown}
        onContextMenu={(event) => {
          const item = itemAt(event.target, arrows);
          if (item === null) return;
          event.preventDefault();
          props.onMenu(item, event.clientX, event.clientY);
        }}
        data-dragging={isDragging || undefined}
        onClick={(event) => {
          const item = itemAt(event.target, arrows);
          const isMany = event.ctrlKey || event.metaKey || event.shiftKey;
          if (isMany && props.onMark && item?.kind === 'activity') props.onMark(item.activity);
          else select(item);
        }}
        onDoubleClick={(event) => itemAt(event.target, arrows) === null && panZoom.fit()}
        {...handlers}
      >
        <defs data-help="">
          <pattern ref={dots} id={pattern} width="22" height="22" patternUnits="userSpaceOnUse">
            <circle cx="1" cy="1" r="1" fill={colours.dots} />
          </pattern>
        </defs>
        <rect
          className={styles.dots}
          data-help=""
          width="100%"
          height="100%"
          fill={`url(#${pattern})`}
        />
        <g ref={world} data-world="">
          <g className={styles.arrows} key={`arrows ${layoutKey(original)}`}>
            {drawn.map((arrow) => {
              const look = looks.arrows.get(arrow.id);
              const route = routeOf(layout, arrow);
              if (!look || !route) return null;
              return (
                <ArrowShape
                  key={arrow.id}
                  id={arrow.id}
                  route={route}
                  look={look}
                  isDotted={isTerminal(arrow)}
                  isAdded={arrow.isAdded ?? false}
                  tone={tones.ofArrow(arrow)}
                />
              );
            })}
            {stubs.map(({ arrow, at }) => (
              <Stub
                key={arrow.id}
                id={arrow.id}
                kind={arrow.from === START ? 'start' : 'end'}
                at={at}
                colour={colours.stub}
                tone={tones.ofArrow(arrow)}
              />
            ))}
          </g>
          <g id={`${pattern}nodes`} data-above="">
            {reading.map((activity) => {
              const [box, look] = [layout.nodes[activity], looks.activities.get(activity)];
              if (!box || !look) return null;
              return (
                <NodeShape
                  key={activity}
                  activity={activity}
                  name={names.get(activity) ?? activity}
                  label={words.ofActivity(activity)}
                  box={box}
                  look={look}
                  border={colours.border}
                  tone={tones.ofActivity(activity)}
                  mark={marked.has(activity) ? (words.marked ?? null) : null}
                  flag={flags?.activities.has(activity) ? flags.words : null}
                  isSelected={isSameItem(selected, { kind: 'activity', activity })}
                  isTabStop={activity === stop}
                />
              );
            })}
            {start && (
              <Pill
                kind="start"
                word={words.start}
                box={start}
                colours={{ ...pill, line: colours.start }}
              />
            )}
            {end && (
              <Pill
                kind="end"
                word={words.end}
                box={end}
                colours={{ ...pill, line: colours.end }}
              />
            )}
          </g>
          <g
            id={`${pattern}labels`}
            data-above=""
            className={styles.labels}
            key={`labels ${layoutKey(original)}`}
          >
            <Labels
              arrows={drawn}
              labels={labels}
              looks={looks}
              flags={flags ?? null}
              toneOf={tones.ofArrow}
              colours={{ fill: colours.page, ink: colours.ink }}
            />
          </g>
        </g>
      </svg>
    </>
  );
});

/**
 * Brings into sight what is selected elsewhere: in a list, by the address, by going back. What is
 * selected on the map itself is in sight already, and the map stays where it is.
 */
function useReveal(
  svg: RefObject<SVGSVGElement | null>,
  { selected, insets, onSelect }: ProcessMapProps,
  drawing: Drawing,
  panZoom: PanZoom,
) {
  const own = useRef<MapItem | null>(null);
  const latest = useRef(drawing);
  latest.current = drawing;
  const reveal = useCallback(() => {
    if (selected === null || isSameItem(own.current, selected)) return;
    const area = areaOf(selected, latest.current);
    if (area) panZoom.reveal(area);
  }, [panZoom, selected]);
  const revealLatest = useRef(reveal);
  revealLatest.current = reveal;
  // Where the room is another one, and the map with it, before it is seen there. Who has moved it is
  // left alone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the room for the map is another one
  useLayoutEffect(() => {
    if (panZoom.settle()) revealLatest.current();
  }, [panZoom, insets]);
  useEffect(() => {
    const place = () => {
      panZoom.settle();
      revealLatest.current();
    };
    place();
    if (!svg.current) return;
    const observer = new ResizeObserver(place);
    observer.observe(svg.current);
    return () => observer.disconnect();
  }, [panZoom, svg]);
  // A path that the selection adds is drawn a moment after it is selected.
  const isDrawn = selected !== null && areaOf(selected, drawing) !== null;
  useEffect(() => {
    if (isDrawn) reveal();
  }, [isDrawn, reveal]);
  return (item: MapItem | null) => {
    own.current = item;
    onSelect(item);
  };
}

/** Where an activity stands, or a path with both its ends; `null` when it is not drawn. */
function areaOf(item: MapItem, { layout, arrows }: Drawing): Area | null {
  const ends = item.kind === 'activity' ? [item.activity] : [item.from, item.to];
  const areas = ends.flatMap((end) => {
    const box = layout.nodes[end];
    if (!box) return [];
    const [halfWidth, halfHeight] = [box.width / 2, box.height / 2];
    return {
      left: box.x - halfWidth,
      top: box.y - halfHeight,
      right: box.x + halfWidth,
      bottom: box.y + halfHeight,
    };
  });
  if (item.kind === 'path') {
    const id = pathId(item.from, item.to);
    const arrow = arrows.find((one) => one.id === id);
    const route = arrow && routeOf(layout, arrow);
    if (!route) return null;
    for (const [x, y] of line(route)) areas.push({ left: x, top: y, right: x, bottom: y });
  }
  return areas.length === 0 ? null : boundsOf(areas);
}

function tonesFor(
  item: MapItem | null,
  part: ScalePart | null,
  arrows: Arrow[],
  looks: Looks,
): Tones {
  if (item !== null || part === null) return tonesOf(item, arrows);
  return tonesOfPart(
    part,
    (activity) => looks.activities.get(activity)?.place ?? null,
    (arrow) => looks.arrows.get(arrow.id)?.place ?? null,
    arrows,
  );
}

/** What an element of the picture stands for. */
export function itemAt(target: EventTarget, arrows: Arrow[]): MapItem | null {
  if (!(target instanceof Element)) return null;
  const activity = target.closest<SVGElement>('[data-activity]')?.dataset.activity;
  if (activity !== undefined) return { kind: 'activity', activity };
  const id = target.closest<SVGElement>('[data-arrow]')?.dataset.arrow;
  const arrow = arrows.find((one) => one.id === id);
  if (arrow === undefined) return null;
  if (!isTerminal(arrow)) return { kind: 'path', from: arrow.from, to: arrow.to };
  return { kind: 'activity', activity: arrow.from === START ? arrow.to : arrow.from };
}

function nodeOf(svg: SVGSVGElement | null, activity: string): SVGGElement | undefined {
  const nodes = svg?.querySelectorAll<SVGGElement>('[data-activity]') ?? [];
  return [...nodes].find((node) => node.dataset.activity === activity);
}

/** Another layout makes the arrows appear anew; the same one leaves them where they are. */
const keys = new WeakMap<Layout, number>();
let keyCount = 0;

function layoutKey(layout: Layout): number {
  const known = keys.get(layout);
  if (known !== undefined) return known;
  keyCount += 1;
  keys.set(layout, keyCount);
  return keyCount;
}
