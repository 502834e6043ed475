// The same as the chart, as a table: each case with its start, its duration and its events.
import { useMemo } from 'react';
import type { DottedCase, DottedOfVersion } from '../../api/dotted';
import { useFormats } from '../../format';
import { toldTime, writtenTime } from '../../precision';
import { useText } from '../../text/useText';
import { CaseLink } from '../explore/CasesLink';
import { type Column, SortedTable } from '../explore/SortedTable';

/** How precisely the start of a case is known: as its first event. */
const startOf = ({ days }: DottedCase) => (days?.[0] === 0 ? 'day' : undefined);

const isDays = ({ days, events }: DottedCase) =>
  days?.some((place) => place === 0 || place === events - 1) ?? false;

export function CaseTable({ answer }: { answer: DottedOfVersion }) {
  const text = useText();
  const { timeZone } = answer.context;
  const format = useFormats(timeZone);
  const { rows, activities, origin } = answer.dotted;
  const columns = useMemo((): Column<DottedCase>[] => {
    const instant = (seconds: number) => new Date(Date.parse(origin ?? '') + seconds * 1000);
    const named = (row: DottedCase, place: number) =>
      activities[row.activities.at(place) ?? -1] ?? '–';
    return [
      {
        key: 'case',
        name: text('dotted.case'),
        kind: 'name',
        value: (row) => row.case,
        show: (row) => <CaseLink id={row.case} />,
      },
      {
        key: 'start',
        name: text('dotted.start'),
        kind: 'number',
        value: (row) =>
          origin ? writtenTime(instant(row.start_s).toISOString(), startOf(row), timeZone) : null,
        show: (row) => (origin ? toldTime(instant(row.start_s), startOf(row), format) : '–'),
      },
      {
        key: 'duration',
        name: text('dotted.duration'),
        kind: 'duration',
        value: (row) => row.duration_s,
        show: (row, duration) =>
          isDays(row) ? text('precision.duration', { duration }) : duration,
      },
      {
        key: 'events',
        name: text('dotted.events'),
        kind: 'count',
        value: (row) => row.events,
      },
      {
        key: 'first',
        name: text('dotted.first'),
        kind: 'name',
        value: (row) => named(row, 0),
        isWideOnly: true,
      },
      {
        key: 'last',
        name: text('dotted.last'),
        kind: 'name',
        value: (row) => named(row, -1),
        isWideOnly: true,
      },
    ];
  }, [text, format, timeZone, activities, origin]);
  return (
    <SortedTable
      label={text('dotted.chart')}
      file={text('dotted.chart')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.case}
    />
  );
}
