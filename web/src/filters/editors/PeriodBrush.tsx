// How many cases or events of the selection fall into each day, week or month, to draw a period on.
import { useQuery } from '@tanstack/react-query';
import { answerQuery } from '../../api/filters';
import { schemaQuery } from '../../api/logs';
import type { Granularity } from '../../api/throughput';
import { dayAfter } from '../../pages/explore/filters';
import type { Bin, Bounds } from '../../pictures/chart/bounds';
import type { FilterKind, PeriodMode } from '../filter';
import { inUtc } from '../says';
import { BoundsBrush } from './BoundsBrush';
import type { Selection } from './editor';

interface Days {
  from?: string | undefined;
  to?: string | undefined;
}

interface PeriodBrushProps {
  kind: FilterKind;
  mode: PeriodMode;
  /** The attribute whose dates are looked at. */
  attribute?: { name: string; level: 'case' | 'event' } | undefined;
  selection: Selection;
  days: { from?: string | null | undefined; to?: string | null | undefined };
  onDays: (days: Days) => void;
}

export function PeriodBrush(props: PeriodBrushProps) {
  const { kind, attribute, days, onDays } = props;
  const ofCases = useCasesOver(props);
  const ofEvents = useEventsOver(props);
  const ofAttribute = useDatesOf(props);
  const isOfEvents = kind === 'event_period' || props.mode === 'has_event';
  const bins = attribute ? ofAttribute : isOfEvents ? ofEvents : ofCases;
  if (!bins || bins.length < 2) return null;
  const counts = kind === 'event_period' || attribute?.level === 'event' ? 'events' : 'cases';
  return (
    <BoundsBrush
      bins={bins}
      counts={counts}
      bounds={{ from: momentOf(days.from), to: momentOf(days.to) }}
      write={(value) => inUtc().date(dayOf(value))}
      onBounds={(bounds: Bounds) =>
        onDays({
          from: bounds.from === undefined ? undefined : dayOf(bounds.from),
          to: bounds.to === undefined ? undefined : dayAtOrAfter(bounds.to),
        })
      }
    />
  );
}

/** Cases that start, end or are active in each period. */
function useCasesOver({ kind, mode, attribute, selection }: PeriodBrushProps): Bin[] | undefined {
  const { version, filters } = selection;
  const params = { period: lengthFor(selection) };
  const isWanted = kind === 'period' && mode !== 'has_event' && !attribute;
  const { data } = useQuery({
    ...answerQuery(version.id, filters, 'throughput', params),
    enabled: isWanted,
  });
  const counted =
    ({ starts: 'arrivals', ends: 'completions' } as const)[mode as string] ?? 'active';
  return (
    data &&
    binsOf(
      data.over_time.map((one) => ({ date: one.date, count: one[counted] })),
      data.period,
    )
  );
}

/** Events of each period, or cases with one; who did them does not matter here. */
function useEventsOver({ kind, mode, attribute, selection }: PeriodBrushProps): Bin[] | undefined {
  const { log, version, filters } = selection;
  const isWanted = (kind === 'event_period' || mode === 'has_event') && !attribute;
  const schema = useQuery({ ...schemaQuery(log, version.number), enabled: isWanted });
  const anybody = schema.data?.attributes.find(({ type }) => type === 'text')?.name;
  const params = { attribute: anybody, period: lengthFor(selection), limit: 1 };
  const { data } = useQuery({
    ...answerQuery(version.id, filters, 'workload', params),
    enabled: isWanted && anybody !== undefined,
  });
  const counted = kind === 'event_period' ? 'events' : 'cases';
  return (
    data &&
    binsOf(
      data.periods.map((one) => ({ date: one.date, count: one[counted] })),
      data.period,
    )
  );
}

function useDatesOf({ attribute, selection }: PeriodBrushProps): Bin[] | undefined {
  const { version, filters } = selection;
  const { data } = useQuery({
    ...answerQuery(version.id, filters, 'attributes', { attributes: [attribute?.name ?? ''] }),
    enabled: attribute !== undefined,
  });
  const found = data?.attributes.find(({ level }) => level === attribute?.level);
  return found?.distributions[0]?.bins.map(({ from, to, count }) => ({
    from: Date.parse(String(from)),
    to: Date.parse(String(to)),
    count,
  }));
}

const DAY_MS = 86_400_000;
/** Days a version lasts at most to be shown in periods of each length. */
const LENGTHS = [
  [62, 'day'],
  [430, 'week'],
  [3_700, 'month'],
  [11_000, 'quarter'],
] as const;

function lengthFor({ version }: Selection) {
  const { first_event_at: first, last_event_at: last } = version;
  const days = first && last ? (Date.parse(last) - Date.parse(first)) / DAY_MS : 0;
  return LENGTHS.find(([most]) => days <= most)?.[1] ?? 'year';
}

/** Periods follow each other without gaps. */
function binsOf(periods: { date: string; count: number }[], length: Granularity): Bin[] {
  return periods.map(({ date, count }) => ({
    from: startOf(date),
    to: startOf(dayAfter(date, length)),
    count,
  }));
}

function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function momentOf(day: string | null | undefined): number | undefined {
  return day ? Date.parse(day) : undefined;
}

function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** A period ends before a day: the first one that begins no earlier. */
function dayAtOrAfter(moment: number): string {
  return dayOf(Math.ceil(moment / DAY_MS) * DAY_MS);
}
