// The picture of a process map: a function of layout and looks that can be moved, pointed at, walked.
import { type Ref, useEffect, useId, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { ArrowShape } from './ArrowShape';
import { curve } from './curves';
import { type Arrow, END, isSameItem, isTerminal, type MapItem, START } from './graph';
import { Labels } from './Labels';
import { placeLabels } from './labels';
import type { Layout } from './layout';
import { inDrawingOrder, type Looks } from './looks';
import { FONT_FAMILY, fitted, LABEL_FONT, type Measure, NAME_FONT } from './measure';
import { NodeShape } from './NodeShape';
import styles from './ProcessMap.module.css';
import type { Insets } from './place';
import { NAME_WIDTH_MAX } from './request';
import { Pill, STUB_LENGTH, Stub } from './TerminalShapes';
import { type Tones, tonesOf, tonesOfRange } from './tone';
import { useMapKeys } from './useMapKeys';
import { usePanZoom } from './usePanZoom';
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
  ofActivity: (activity: string) => string;
}

/** What the page can ask of the picture. */
export interface MapHandle {
  fit: () => void;
  zoomBy: (factor: number) => void;
  /** Puts the focus on an activity and brings it in sight. */
  focus: (activity: string) => void;
  svg: () => SVGSVGElement | null;
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
  /** A part of the scale: what lies outside steps back. */
  range: readonly [number, number] | null;
  insets: Insets;
  measure: Measure;
  onSelect: (item: MapItem | null) => void;
  onPoint: (pointed: Pointed | null) => void;
  ref: Ref<MapHandle>;
}

export function ProcessMap(props: ProcessMapProps) {
  const { layout, activities, arrows, looks, colours, words, selected, range, measure } = props;
  const pattern = useId();
  const svg = useRef<SVGSVGElement>(null);
  const world = useRef<SVGGElement>(null);
  const dots = useRef<SVGPatternElement>(null);
  const panZoom = usePanZoom({ svg, world, dots }, layout, arrows, props.insets);
  const { pointed, handlers } = usePointed(arrows, props.onPoint);
  const [tabStop, setTabStop] = useState<string | null>(null);

  const reading = useMemo(
    () => inReadingOrder(activities, (one) => layout.nodes[one], layout.direction === 'TB'),
    [activities, layout],
  );
  const stop = tabStop !== null && activities.includes(tabStop) ? tabStop : (reading[0] ?? null);
  const focus = (activity: string) => {
    setTabStop(activity);
    nodeOf(svg.current, activity)?.focus({ preventScroll: true });
    const box = layout.nodes[activity];
    if (box) panZoom.reveal(box);
  };
  const onKeyDown = useMapKeys({ arrows, selected, focus, panZoom, onSelect: props.onSelect });

  useImperativeHandle(props.ref, () => ({
    fit: panZoom.fit,
    zoomBy: panZoom.zoomBy,
    focus,
    svg: () => svg.current,
  }));
  useEffect(() => panZoom.settle(), [panZoom]);
  useEffect(() => {
    if (!svg.current) return;
    const observer = new ResizeObserver(() => panZoom.settle());
    observer.observe(svg.current);
    return () => observer.disconnect();
  }, [panZoom]);

  const drawn = useMemo(() => inDrawingOrder(arrows), [arrows]);
  const labels = useMemo(
    () => labelsOf(drawn, layout, looks, measure),
    [drawn, layout, looks, measure],
  );
  const tones = useMemo(
    () => tonesFor(pointed ?? selected, range, arrows, looks),
    [pointed, selected, range, arrows, looks],
  );
  const names = useMemo(
    () => new Map(activities.map((one) => [one, fitted(one, NAME_FONT, NAME_WIDTH_MAX, measure)])),
    [activities, measure],
  );
  const [start, end] = [layout.nodes[START], layout.nodes[END]];
  const pill = { fill: colours.surface, ink: colours.ink };

  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no other way to group in SVG
    <svg
      ref={svg}
      className={styles.map}
      role="group"
      aria-roledescription={words.role}
      aria-label={words.summary}
      fontFamily={FONT_FAMILY}
      onKeyDown={onKeyDown}
      onClick={(event) => props.onSelect(itemAt(event.target, arrows))}
      onDoubleClick={(event) => itemAt(event.target, arrows) === null && panZoom.fit()}
      {...handlers}
    >
      <defs data-help="">
        <pattern ref={dots} id={pattern} width="22" height="22" patternUnits="userSpaceOnUse">
          <circle cx="1" cy="1" r="1" fill={colours.dots} />
        </pattern>
      </defs>
      <rect data-help="" width="100%" height="100%" fill={`url(#${pattern})`} />
      <g ref={world} data-world="">
        <g className={styles.arrows} key={`arrows ${layoutKey(layout)}`}>
          {drawn.map((arrow) => {
            const look = looks.arrows.get(arrow.id);
            const route = layout.routes[arrow.id];
            if (!look || !route) return null;
            return (
              <ArrowShape
                key={arrow.id}
                id={arrow.id}
                route={route}
                look={look}
                isDotted={isTerminal(arrow)}
                tone={tones.ofArrow(arrow)}
              />
            );
          })}
          {stubsOf(drawn, layout).map(({ arrow, at }) => (
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
        <g>
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
            <Pill kind="end" word={words.end} box={end} colours={{ ...pill, line: colours.end }} />
          )}
        </g>
        <g className={styles.labels} key={`labels ${layoutKey(layout)}`}>
          <Labels
            arrows={drawn}
            labels={labels}
            looks={looks}
            toneOf={tones.ofArrow}
            colours={{ fill: colours.page, ink: colours.ink }}
          />
        </g>
      </g>
    </svg>
  );
}

function tonesFor(
  item: MapItem | null,
  range: ProcessMapProps['range'],
  arrows: Arrow[],
  looks: Looks,
): Tones {
  if (item !== null || range === null) return tonesOf(item, arrows);
  return tonesOfRange(
    range,
    (activity) => looks.activities.get(activity)?.place ?? null,
    (arrow) => looks.arrows.get(arrow.id)?.place ?? null,
  );
}

function labelsOf(arrows: Arrow[], layout: Layout, looks: Looks, measure: Measure) {
  const requests = arrows.flatMap((arrow) => {
    const [route, look] = [layout.routes[arrow.id], looks.arrows.get(arrow.id)];
    if (!route || !look || look.value === '') return [];
    return {
      id: arrow.id,
      strength: arrow.cases,
      textWidth: measure(look.value, LABEL_FONT),
      lineWidth: look.width,
      curve: curve(route),
    };
  });
  const stubs = stubsOf(arrows, layout).map(({ at }) => {
    return { x: at.x, y: at.y, width: STUB_LENGTH, height: 2 * STUB_LENGTH };
  });
  return placeLabels(requests, [...Object.values(layout.nodes), ...stubs]);
}

/** Stubs stand at the corner of their activity: ends where paths leave, starts where they come in. */
function stubsOf(arrows: Arrow[], layout: Layout) {
  return arrows.flatMap((arrow) => {
    if (!arrow.isStub) return [];
    const isEnd = arrow.to === END;
    const box = layout.nodes[isEnd ? arrow.from : arrow.to];
    if (!box) return [];
    const [x, y] = isEnd
      ? [box.x + box.width / 2 - 14, box.y + box.height / 2]
      : [box.x - box.width / 2 + 14, box.y - box.height / 2];
    return { arrow, at: { x, y } };
  });
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
