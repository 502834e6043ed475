// The chart with its legend: what is drawn, what the colours mean, what is under the pointer.
import { useComputedColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import type { DottedOfVersion } from '../../api/dotted';
import type { Schema } from '../../api/types';
import { useFormats } from '../../format';
import { durationTicks } from '../../pictures/chart/ticks';
import { calendarTicks } from '../../pictures/dotted/calendar';
import { type AxisTick, DottedChart } from '../../pictures/dotted/DottedChart';
import { type Dots, dotCounts, dotsOf } from '../../pictures/dotted/points';
import { offsetsOf } from '../../pictures/dotted/zone';
import { toldTime } from '../../precision';
import { plainLanguage, useSettings } from '../../settings';
import { token } from '../../style/ramps';
import { useText } from '../../text/useText';
import { caseAddress, useCasesOfPage } from '../explore/CasesLink';
import { tickOf } from '../explore/useDuration';
import { useSize } from '../explore/useSize';
import styles from './Dotted.module.css';
import { colourPlaces } from './legend';
import type { DottedSearch } from './search';

interface DottedPictureProps {
  answer: DottedOfVersion;
  schema: Schema | undefined;
  search: DottedSearch;
  log: number;
  onSearch: (change: Partial<DottedSearch>, how?: { replace?: boolean }) => void;
}

const DAY_S = 86_400;
const HEIGHT_MIN = 380;
/** Japanese weeks begin on Sunday. */
const SUNDAY = 6;

export function DottedPicture({ answer, schema, search, onSearch }: DottedPictureProps) {
  const text = useText();
  const format = useFormats(answer.context.timeZone);
  const navigate = useNavigate();
  const cases = useCasesOfPage();
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(frame);
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const { dotted } = answer;
  const { dots, ticksIn } = useDots(answer, schema, search);
  const counts = useMemo(
    () => dotCounts(dots, dotted.activities.length),
    [dots, dotted.activities],
  );
  const places = useMemo(
    () => colourPlaces(dotted.activities, counts, search.colours),
    [dotted.activities, counts, search.colours],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens change with the scheme
  const colours = useMemo(
    () => places.map((place) => (place === null ? null : token(`category-${place}`))),
    [places, scheme],
  );
  const highlighted = dotted.activities.indexOf(search.highlight ?? '');
  const highlight = highlighted < 0 ? null : highlighted;
  const ticks = useMemo(() => ticksIn(width), [ticksIn, width]);
  const originMs = dotted.origin ? Date.parse(dotted.origin) : 0;
  const tip = (dot: number) => {
    const row = dotted.rows[dots.rows[dot] ?? 0];
    const event = dots.events[dot] ?? 0;
    if (!row) return null;
    return (
      <>
        <b>{dotted.activities[dots.activities[dot] ?? 0]}</b>
        <p className={styles.tipLine}>
          {toldTime(
            originMs + (row.times_s[event] ?? 0) * 1000,
            row.days?.includes(event) ? 'day' : undefined,
            format,
          )}
        </p>
        <p className={styles.tipLine}>
          {text('dotted.tip', {
            case: row.case,
            event: event + 1,
            events: row.events,
            duration: format.duration(row.duration_s),
          })}
        </p>
      </>
    );
  };
  return (
    <>
      <Legend
        activities={dotted.activities}
        counts={counts}
        places={places}
        highlight={highlight}
        onHighlight={(activity) => onSearch({ highlight: activity }, { replace: true })}
      />
      <div ref={frame} className={styles.picture}>
        {width > 0 && (
          <DottedChart
            dots={dots}
            width={width}
            height={Math.max(HEIGHT_MIN, height)}
            ticks={ticks}
            colours={colours}
            highlight={highlight}
            neutral={token('category-8')}
            scheme={scheme}
            label={text('dotted.picture', {
              sampled: dotted.sampled,
              cases: dotted.cases,
              points: dots.places.length,
              sort: text(`dotted.sort.${search.sort ?? 'start'}`),
            })}
            tip={tip}
            onCase={(row) => {
              const id = dotted.rows[row]?.case;
              if (id !== undefined && cases) void navigate(caseAddress(cases, id));
            }}
          />
        )}
      </div>
      <p className={styles.hint}>
        {text('dotted.hint', {
          points: dots.places.length,
          sort: text(`dotted.sort.${search.sort ?? 'start'}`),
        })}
      </p>
    </>
  );
}

/** The dots, and the lines of their axis for a width. */
function useDots(answer: DottedOfVersion, schema: Schema | undefined, search: DottedSearch) {
  const { language } = useSettings();
  const format = useFormats(answer.context.timeZone);
  const { dotted, context } = answer;
  const axis = search.axis ?? 'absolute';
  const weekStart = plainLanguage(language) === 'ja' ? SUNDAY : 0;
  const offset = useMemo(() => offsetsOf(context.timeZone), [context.timeZone]);
  const hidden = useMemo(() => {
    const side = (schema?.activities ?? []).filter((one) => one.auxiliary).map((one) => one.name);
    // A log of nothing but side notes is drawn whole.
    const isAll = side.length === schema?.activities.length;
    return new Set(search.auxiliary || isAll ? [] : side);
  }, [schema, search.auxiliary]);
  const dots = useMemo(
    () => dotsOf(dotted, { axis, weekStart, offset, isShown: (one) => !hidden.has(one) }),
    [dotted, axis, weekStart, offset, hidden],
  );
  const ticksIn = useMemo(() => {
    const originMs = dotted.origin ? Date.parse(dotted.origin) : 0;
    return (width: number): AxisTick[] => {
      const most = Math.max(2, Math.floor(width / 96));
      if (axis === 'week') {
        return Array.from({ length: 7 }, (_, day) => ({
          place: day * DAY_S,
          label: format.weekday(day + weekStart),
        }));
      }
      if (axis === 'relative') {
        const { unit, ticks } = durationTicks(dots.to, most);
        return ticks.map((place) => ({ place, label: tickOf(format, place, unit) }));
      }
      const at = (place: number) => originMs + place * 1000;
      return calendarTicks(at(dots.from), at(dots.to), most, offset).map((tick) => ({
        place: (tick.instant_ms - originMs) / 1000,
        label: tick.kind === 'day' ? format.date(tick.instant_ms) : format.month(tick.instant_ms),
      }));
    };
  }, [dotted.origin, axis, weekStart, dots, offset, format]);
  return { dots, ticksIn } satisfies { dots: Dots; ticksIn: (width: number) => AxisTick[] };
}

interface LegendProps {
  activities: string[];
  counts: number[];
  places: (number | null)[];
  highlight: number | null;
  onHighlight: (activity: string | undefined) => void;
}

function Legend({ activities, counts, places, highlight, onHighlight }: LegendProps) {
  const text = useText();
  const format = useFormats();
  const coloured = places
    .map((place, idx) => ({ place, idx }))
    .filter((one): one is { place: number; idx: number } => one.place !== null)
    .sort((left, right) => left.place - right.place);
  const others = places
    .map((place, idx) => (place === null ? idx : -1))
    .filter((idx) => idx >= 0 && (counts[idx] ?? 0) > 0);
  const rest = others.reduce((sum, idx) => sum + (counts[idx] ?? 0), 0);
  return (
    <ul className={styles.legend} aria-label={text('dotted.legend')}>
      {coloured.map(({ place, idx }) => (
        <li key={idx}>
          <button
            type="button"
            className={styles.key}
            title={activities[idx]}
            aria-pressed={highlight === idx}
            onClick={() => onHighlight(highlight === idx ? undefined : activities[idx])}
          >
            <i style={{ background: `var(--category-${place})` }} />
            <b>{activities[idx]}</b>
            <span>{format.number(counts[idx] ?? 0, 0)}</span>
          </button>
        </li>
      ))}
      {others.length > 0 && (
        <li className={styles.others}>
          <i />
          {text('dotted.others', { count: others.length })}
          <span>{format.number(rest, 0)}</span>
        </li>
      )}
    </ul>
  );
}
