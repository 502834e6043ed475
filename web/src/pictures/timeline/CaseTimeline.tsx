// The events of a case on a scale of time: gaps are as long as they were.
import { useMemo } from 'react';
import type { StepLooks } from '../variants/ChevronStrip';
import { categoryOf } from '../variants/colours';
import styles from './CaseTimeline.module.css';
import {
  type Gap as GapOf,
  type LaneKind,
  lanesOf,
  longestGaps,
  placeIn,
  spanOf,
  type TimelineEvent,
  ticksOf,
} from './lanes';

interface TimelineWords {
  /** What the picture shows, in a sentence. */
  picture: string;
  /** A lane of events without a known person. */
  nobody: string;
  date: (moment_ms: number) => string;
  dateTime: (moment_ms: number) => string;
  gap: (seconds: number, isToDay: boolean) => string;
}

interface CaseTimelineProps {
  events: TimelineEvent[];
  kind: LaneKind;
  width: number;
  looks: StepLooks;
  /** The event that stands out. */
  marked: number | null;
  words: TimelineWords;
  onPick: (event: number) => void;
}

const LANE_HEIGHT = 24;
const GAP_HEIGHT = 18;
const AXIS_HEIGHT = 22;
const DOT_RADIUS = 5;
const MARGIN = 10;
/** More lanes than anybody follows: the rest is in the table of events. */
const LANES_MAX = 40;
const TICK_WIDTH = 110;
const LETTER_WIDTH = 6.4;

export function CaseTimeline({ events, kind, width, looks, ...props }: CaseTimelineProps) {
  const { marked, words, onPick } = props;
  const lanes = useMemo(() => lanesOf(events, kind).slice(0, LANES_MAX), [events, kind]);
  const span = useMemo(() => spanOf(events), [events]);
  const gaps = useMemo(() => longestGaps(events), [events]);
  const isDays = events.every((event) => event.isDay);
  if (!span || width === 0) return <div style={{ minHeight: AXIS_HEIGHT }} />;
  const names = Math.min(170, Math.round(width * 0.34));
  const [left, right] = [names + MARGIN, width - MARGIN];
  const x = (moment_ms: number) => left + placeIn(span, moment_ms) * (right - left);
  const bottom = GAP_HEIGHT + lanes.length * LANE_HEIGHT;
  const ticks = ticksOf(span, Math.max(1, Math.floor((right - left) / TICK_WIDTH)));
  const middle = (lane: number) => GAP_HEIGHT + (lane + 0.5) * LANE_HEIGHT;
  const laneOf = new Map(lanes.flatMap((lane, idx) => lane.events.map((one) => [one.idx, idx])));
  const way = events
    .filter((one) => laneOf.has(one.idx))
    .map((one) => `${x(one.end_ms).toFixed(1)},${middle(laneOf.get(one.idx) ?? 0)}`)
    .join(' ');
  return (
    <svg
      className={styles.timeline}
      width={width}
      height={bottom + AXIS_HEIGHT}
      role="img"
      aria-label={words.picture}
    >
      {gaps.map((gap) => (
        <Gap key={gap.from_ms} gap={gap} x={x} bottom={bottom} words={words} />
      ))}
      {lanes.map((lane, idx) => (
        <g key={lane.name ?? ''}>
          <line className={styles.lane} x1={left} x2={right} y1={middle(idx)} y2={middle(idx)} />
          <text className={styles.name} x={0} y={middle(idx)} dominantBaseline="central">
            <title>{lane.name ?? words.nobody}</title>
            {cut(lane.name ?? words.nobody, names)}
          </text>
        </g>
      ))}
      <polyline className={styles.way} points={way} />
      {ticks.at_ms.map((moment) => (
        <g key={moment}>
          <line className={styles.tick} x1={x(moment)} x2={x(moment)} y1={bottom} y2={bottom + 4} />
          <text
            className={styles.date}
            x={x(moment)}
            y={bottom + 16}
            textAnchor={moment === span.from_ms ? 'start' : 'middle'}
          >
            {ticks.hasTimeOfDay && !isDays ? words.dateTime(moment) : words.date(moment)}
          </text>
        </g>
      ))}
      {lanes.map((lane, idx) =>
        lane.events.map((event) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the table of events says the same
          <g
            key={event.idx}
            className={styles.event}
            data-marked={event.idx === marked || undefined}
            style={{ fill: `var(--category-${categoryOf(looks.categories, event.activity)})` }}
            onClick={() => onPick(event.idx)}
          >
            <title>
              {`${event.activity} · ${(event.isDay ? words.date : words.dateTime)(event.end_ms)}`}
            </title>
            {event.start_ms !== null && event.start_ms < event.end_ms && (
              <rect
                x={x(event.start_ms)}
                y={middle(idx) - 3}
                width={Math.max(2, x(event.end_ms) - x(event.start_ms))}
                height={6}
                rx={3}
              />
            )}
            <circle cx={x(event.end_ms)} cy={middle(idx)} r={DOT_RADIUS} />
          </g>
        )),
      )}
    </svg>
  );
}

interface GapProps {
  gap: GapOf;
  x: (moment_ms: number) => number;
  bottom: number;
  words: TimelineWords;
}

/** A long time without any event, with how long it was. */
function Gap({ gap, x, bottom, words }: GapProps) {
  const [from, to] = [x(gap.from_ms), x(gap.to_ms)];
  return (
    <g>
      <rect
        className={styles.gap}
        x={from}
        y={GAP_HEIGHT}
        width={to - from}
        height={bottom - GAP_HEIGHT}
      />
      <text className={styles.gapName} x={(from + to) / 2} y={12} textAnchor="middle">
        {words.gap(gap.wait_s ?? (gap.to_ms - gap.from_ms) / 1000, gap.wait_s !== null)}
      </text>
    </g>
  );
}

/** The whole name is in its title. */
function cut(name: string, width: number): string {
  const letters = [...name];
  const room = (width - 6) / LETTER_WIDTH;
  const widthOf = (letter: string) => ((letter.codePointAt(0) ?? 0) > 0x1100 ? 1.9 : 1);
  let used = 0;
  for (const [idx, letter] of letters.entries()) {
    used += widthOf(letter);
    if (used > room)
      return `${letters
        .slice(0, Math.max(1, idx - 1))
        .join('')
        .trimEnd()}…`;
  }
  return name;
}
