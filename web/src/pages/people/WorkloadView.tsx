// How much everybody does, period by period and hour by hour.
import { SegmentedControl, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type WorkloadOfVersion, workloadQuery } from '../../api/workload';
import { useFormats } from '../../format';
import { useRichText, useText } from '../../text/useText';
import { type CasesOfPage, PageCases } from '../explore/CasesLink';
import { LogFrame } from '../explore/LogFrame';
import { HoursCard } from './HoursCard';
import styles from './People.module.css';
import { PeopleControls } from './PeopleControls';
import type { PeopleOfLog } from './PeopleView';
import { PeriodsCard } from './PeriodsCard';
import { PERIODS, TOP, type Twin, WORKS } from './search';

export function WorkloadView(props: PeopleOfLog) {
  const { log, version, note, search, onSearch, schema, attribute, isUnknown } = props;
  const text = useText();
  const filters = useMemo(() => search.filters ?? [], [search.filters]);
  const period = search.period ?? 'month';
  const work = search.work ?? 'events';
  const query = useQuery({
    ...workloadQuery({
      version: version.id,
      filters,
      attribute,
      period,
      limit: search.top ?? TOP,
    }),
    placeholderData: keepPreviousData,
  });
  const cases = useMemo(
    (): CasesOfPage => ({ log: log.id, version: search.version, filters }),
    [log.id, search.version, filters],
  );
  const onFilters = (next: unknown[]) => onSearch({ filters: next.length > 0 ? next : undefined });
  const isTable = (twin: Twin) => search.tables?.includes(twin) ?? false;
  const onTable = (twin: Twin) => (on: boolean) => {
    const others = (search.tables ?? []).filter((one) => one !== twin);
    const tables = on ? [...others, twin] : others;
    onSearch({ tables: tables.length > 0 ? tables : undefined }, { replace: true });
  };
  return (
    <PageCases value={cases}>
      <LogFrame
        {...{ log, version }}
        title={text('people.workload')}
        summary={(shown) => <Summary answer={shown} />}
        note={note}
        ignored={isUnknown ? ['attribute'] : []}
        query={query}
        filters={filters}
        onFilters={onFilters}
        controls={
          <PeopleControls {...{ search, schema, attribute, onSearch }}>
            <Select
              className={styles.short ?? ''}
              label={text('throughput.period')}
              data={PERIODS.map((value) => ({ value, label: text(`throughput.period.${value}`) }))}
              value={period}
              allowDeselect={false}
              onChange={(next) => {
                const wanted = PERIODS.find((one) => one === next);
                onSearch({ period: wanted === 'month' ? undefined : wanted, at: undefined });
              }}
              size="xs"
            />
            <div>
              <span className={styles.label} id="people-work">
                {text('people.metric')}
              </span>
              <SegmentedControl
                aria-labelledby="people-work"
                size="xs"
                data={WORKS.map((value) => ({ value, label: text(`people.work.${value}`) }))}
                value={work}
                onChange={(next) => {
                  const wanted = WORKS.find((one) => one === next);
                  onSearch({ work: wanted === 'events' ? undefined : wanted });
                }}
              />
            </div>
          </PeopleControls>
        }
      >
        {({ workload }) => (
          <>
            <PeriodsCard
              {...{ workload, work, search, filters, onFilters, onSearch }}
              isTable={isTable('periods')}
              onTable={onTable('periods')}
            />
            <HoursCard
              {...{ workload, search, onSearch }}
              isTable={isTable('hours')}
              onTable={onTable('hours')}
            />
          </>
        )}
      </LogFrame>
    </PageCases>
  );
}

function Summary({ answer }: { answer: WorkloadOfVersion }) {
  const rich = useRichText();
  const format = useFormats();
  const { resource_total, missing_events, events, resources } = answer.workload;
  const known = resources.filter((one) => typeof one.resource === 'string');
  const [first] = known;
  return rich('people.workload.summary', {
    people: resource_total - (missing_events > 0 ? 1 : 0),
    events,
    first: first?.resource ?? '–',
    share: format.percent(first?.share ?? 0),
    b: (parts) => <b key={String(parts)}>{parts}</b>,
  });
}
