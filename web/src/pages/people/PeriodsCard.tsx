// How much each person did in each period, and how many cases each had in hand at its end.
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { WorkloadAnswer } from '../../api/workload';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CasesLink } from '../explore/CasesLink';
import { hasValue, withFilter, worksIn } from '../explore/filters';
import parts from '../explore/Parts.module.css';
import { type Column, SortedTable } from '../explore/SortedTable';
import { usePeriodName } from '../explore/usePeriodName';
import { type HeatCell, HeatLegend, HeatTable, type Place } from './HeatTable';
import { type Person, strengthOf } from './matrix';
import type { PeopleSearch, Work } from './search';
import { mostWork, type WorkCell, workGrid, workOf } from './workload';

interface PeriodsCardProps {
  workload: WorkloadAnswer;
  work: Work;
  search: PeopleSearch;
  filters: unknown[];
  isTable: boolean;
  onTable: (isTable: boolean) => void;
  onFilters: (filters: unknown[]) => void;
  onSearch: (change: Partial<PeopleSearch>, how?: { replace?: boolean }) => void;
}

export function PeriodsCard(props: PeriodsCardProps) {
  const { workload, work, search, filters, isTable, onTable, onFilters, onSearch } = props;
  const text = useText();
  const format = useFormats();
  const nameOfPeriod = usePeriodName(workload.period);
  const grid = useMemo(() => workGrid(workload), [workload]);
  const most = useMemo(() => mostWork(grid, work), [grid, work]);
  const { people, dates, cells } = grid;
  const nameOf = (person: Person) => person ?? text('people.unknown');
  const said = (person: Person, date: string, cell: WorkCell) =>
    text('people.workload.cell', {
      name: nameOf(person),
      period: nameOfPeriod(date),
      events: cell.events,
      cases: cell.cases ?? 0,
      hand: cell.hand,
    });
  const heat = cells.map((line, row) =>
    line.map((cell, column): HeatCell | null => {
      if (!cell) return null;
      const value = workOf(cell, work);
      return {
        words: format.compact(value),
        strength: strengthOf(value, most),
        label: said(people[row] ?? null, dates[column] ?? '', cell),
      };
    }),
  );
  const chosen = placeOf(search, people, dates);
  const cell = chosen && cells[chosen[0]]?.[chosen[1]];
  const person = chosen ? (people[chosen[0]] ?? null) : null;
  const date = chosen ? (dates[chosen[1]] ?? '') : '';
  const { attribute, rest, resource_total, missing_events } = workload;
  // Events of nobody known have a row of their own, and are no participant.
  const known = resource_total - (missing_events > 0 ? 1 : 0);
  return (
    <Card
      title={text('people.workload.periods')}
      coverage={text('people.workload.coverage', {
        shown: people.filter((person) => person !== null).length,
        total: known,
        earlier: grid.earlier,
        others: format.percent(rest?.share ?? 0),
      })}
      isTable={isTable}
      onTable={onTable}
    >
      {isTable ? (
        <WorkTable {...{ workload, nameOf, nameOfPeriod }} />
      ) : (
        <>
          <HeatTable
            caption={text('people.workload.walk')}
            corner={{ left: text('people.person'), above: text('throughput.period') }}
            rows={people.map((one) => ({
              key: String(one),
              name: nameOf(one),
              isMuted: one === null,
            }))}
            columns={dates.map((one) => ({ key: one, name: nameOfPeriod(one) }))}
            cells={heat}
            chosen={chosen}
            onChoose={([row, column]) =>
              onSearch({ who: people[row] ?? null, at: dates[column] }, { replace: true })
            }
            ramp="frequency"
          />
          <HeatLegend ramp="frequency" least="0" most={format.number(most, 0)} />
          <div className={parts.readout} aria-live="polite">
            {cell ? (
              <>
                <span>{said(person, date, cell)}</span>
                {cell.events > 0 && (
                  <span className={`${parts.buttons} not-printed`}>
                    <Button
                      size="compact-xs"
                      onClick={() =>
                        onFilters(withFilter(filters, hasValue(attribute, person, 'event')))
                      }
                    >
                      {text('people.workload.keep', { name: nameOf(person) })}
                    </Button>
                    <CasesLink
                      and={[hasValue(attribute, person, 'event'), worksIn(date, workload.period)]}
                    >
                      {text('people.workload.show')}
                    </CasesLink>
                  </span>
                )}
              </>
            ) : (
              <span className={`${parts.hint} not-printed`}>{text('people.workload.hint')}</span>
            )}
          </div>
        </>
      )}
    </Card>
  );
}

function placeOf({ who, at }: PeopleSearch, people: Person[], dates: string[]): Place | null {
  if (who === undefined || at === undefined) return null;
  const [row, column] = [people.indexOf(who), dates.indexOf(at)];
  return row < 0 || column < 0 ? null : [row, column];
}

interface WorkTableProps {
  workload: WorkloadAnswer;
  nameOf: (person: Person) => string;
  nameOfPeriod: (date: string) => string;
}

interface WorkRow extends WorkCell {
  person: Person;
  date: string;
}

/** The same as the colours, with all periods. */
function WorkTable({ workload, nameOf, nameOfPeriod }: WorkTableProps) {
  const text = useText();
  const rows = useMemo(() => {
    const { people, dates, cells } = workGrid(workload, Number.POSITIVE_INFINITY);
    return cells.flatMap((line, row) =>
      line.flatMap((cell, column): WorkRow[] =>
        cell ? [{ ...cell, person: people[row] ?? null, date: dates[column] ?? '' }] : [],
      ),
    );
  }, [workload]);
  const count = (key: 'events' | 'cases' | 'hand'): Column<WorkRow> => ({
    key,
    name: text(`people.work.${key}`),
    kind: 'count',
    value: (row) => row[key],
  });
  return (
    <SortedTable
      label={text('people.workload.periods')}
      file={text('people.workload.periods')}
      columns={[
        {
          key: 'person',
          name: text('people.person'),
          kind: 'name',
          value: (row) => nameOf(row.person),
        },
        {
          key: 'date',
          name: text('throughput.period'),
          kind: 'name',
          value: (row) => row.date,
          show: (row) => nameOfPeriod(row.date),
        },
        count('events'),
        count('cases'),
        count('hand'),
      ]}
      rows={rows}
      rowKey={(row) => JSON.stringify([row.person, row.date])}
    />
  );
}
