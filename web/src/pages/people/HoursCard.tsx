// On which days of the week and in which hours somebody works, or everybody.
import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { WorkloadAnswer } from '../../api/workload';
import { useFormats } from '../../format';
import { plainLanguage, useSettings } from '../../settings';
import { useText } from '../../text/useText';
import { Card } from '../explore/Card';
import parts from '../explore/Parts.module.css';
import { SortedTable } from '../explore/SortedTable';
import { type HeatCell, HeatLegend, HeatTable, type Place } from './HeatTable';
import { strengthOf } from './matrix';
import styles from './People.module.css';
import type { PeopleSearch } from './search';
import { hourGrid, hoursOf } from './workload';

interface HoursCardProps {
  workload: WorkloadAnswer;
  timeZone: string;
  search: PeopleSearch;
  isTable: boolean;
  onTable: (isTable: boolean) => void;
  onSearch: (change: Partial<PeopleSearch>, how?: { replace?: boolean }) => void;
}

/** Japanese weeks begin on Sunday. */
const SUNDAY = 6;
const DAYS = 7;
const EVERYBODY = '\u0000';
const UNKNOWN = '\u0001';

export function HoursCard(props: HoursCardProps) {
  const { workload, timeZone, search, isTable, onTable, onSearch } = props;
  const text = useText();
  const format = useFormats();
  const { language } = useSettings();
  const [chosen, setChosen] = useState<Place | null>(null);
  const { who } = search;
  const isListed = workload.resources.some((row) => (row.resource ?? null) === who);
  const person = isListed ? who : undefined;
  const { cells, days } = useMemo(() => hourGrid(hoursOf(workload, person)), [workload, person]);
  const first = plainLanguage(language) === 'ja' ? SUNDAY : 0;
  const order = Array.from({ length: DAYS }, (_, idx) => (idx + first) % DAYS);
  const most = Math.max(0, ...cells.flat());
  const undated = days.reduce((sum, one) => sum + one, 0);
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const said = (day: number, hour: number) =>
    text('people.hours.cell', {
      day: format.weekday(day),
      from: hour,
      to: hour + 1,
      events: cells[day]?.[hour] ?? 0,
    });
  const heat = order.map((day) =>
    hours.map((hour): HeatCell | null => {
      const events = cells[day]?.[hour] ?? 0;
      if (events === 0) return null;
      return {
        words: format.compact(events),
        strength: strengthOf(events, most),
        label: said(day, hour),
      };
    }),
  );
  const at = chosen && heat[chosen[0]]?.[chosen[1]];
  return (
    <Card
      title={text('people.hours')}
      coverage={
        undated > 0
          ? text('people.hours.undated', { count: undated })
          : text('people.hours.zone', { zone: timeZone })
      }
      actions={
        <Select
          aria-label={text('people.hours.who')}
          className={styles.choice ?? ''}
          size="xs"
          data={[
            { value: EVERYBODY, label: text('people.hours.all') },
            ...workload.resources.map(({ resource }) =>
              typeof resource === 'string'
                ? { value: resource, label: resource }
                : { value: UNKNOWN, label: text('people.unknown') },
            ),
          ]}
          value={person === undefined ? EVERYBODY : (person ?? UNKNOWN)}
          allowDeselect={false}
          searchable
          nothingFoundMessage={text('explore.nothingFound')}
          onChange={(next) =>
            onSearch({
              who: next === EVERYBODY ? undefined : next === UNKNOWN ? null : (next ?? undefined),
              at: undefined,
            })
          }
        />
      }
      isTable={isTable}
      onTable={onTable}
    >
      {isTable ? (
        <SortedTable
          label={text('people.hours')}
          file={text('people.hours')}
          columns={[
            {
              key: 'day',
              name: text('people.hours.day'),
              kind: 'number',
              value: ({ day }) => day + 1,
              show: ({ day }) => format.weekday(day),
            },
            {
              key: 'hour',
              name: text('people.hours.hour'),
              kind: 'number',
              value: (row) => row.hour,
            },
            {
              key: 'events',
              name: text('people.work.events'),
              kind: 'count',
              value: (row) => row.events,
            },
          ]}
          rows={order.flatMap((day) =>
            hours.map((hour) => ({ day, hour, events: cells[day]?.[hour] ?? 0 })),
          )}
          rowKey={({ day, hour }) => `${day}-${hour}`}
        />
      ) : (
        <>
          <HeatTable
            caption={text('people.hours.walk')}
            corner={{ left: text('people.hours.day'), above: text('people.hours.hour') }}
            rows={order.map((day) => ({ key: String(day), name: format.weekday(day) }))}
            columns={hours.map((hour) => ({ key: String(hour), name: String(hour) }))}
            cells={heat}
            chosen={chosen}
            onChoose={setChosen}
            ramp="frequency"
            isShort
          />
          <HeatLegend ramp="frequency" least="0" most={format.number(most, 0)} />
          {at && <p className={parts.readout}>{at.label}</p>}
        </>
      )}
    </Card>
  );
}
