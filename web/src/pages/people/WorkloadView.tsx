// How much everybody does, period by period and hour by hour.
import { Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type WorkloadOfVersion, workloadQuery } from '../../api/workload';
import { useFormats } from '../../format';
import { useRichText, useText } from '../../text/useText';
import { FewChoice } from '../explore/FewChoice';
import { LogFrame } from '../explore/LogFrame';
import { twinsOf } from '../explore/view';
import { HoursCard } from './HoursCard';
import styles from './People.module.css';
import { PeopleControls } from './PeopleControls';
import type { PeopleOfLog } from './PeopleView';
import { PeriodsCard } from './PeriodsCard';
import { PERIODS, TOP, WORKS } from './search';

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
  const onFilters = (next: unknown[]) => onSearch({ filters: next.length > 0 ? next : undefined });
  const twin = twinsOf(search.tables, onSearch);
  return (
    <LogFrame
      {...{ log, version, search, filters }}
      title={text('people.workload')}
      summary={(shown) => <Summary answer={shown} />}
      note={note}
      ignored={isUnknown ? ['attribute'] : []}
      query={query}
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
          <FewChoice
            label={text('people.metric')}
            values={WORKS}
            nameOf={(one) => text(`people.work.${one}`)}
            value={work}
            onChange={(next) => onSearch({ work: next === 'events' ? undefined : next })}
          />
        </PeopleControls>
      }
    >
      {({ workload, context }) => (
        <>
          <PeriodsCard
            {...{ workload, work, search, filters, onFilters, onSearch }}
            {...twin('periods')}
          />
          <HoursCard
            {...{ workload, search, onSearch }}
            timeZone={context.timeZone}
            {...twin('hours')}
          />
        </>
      )}
    </LogFrame>
  );
}

function Summary({ answer }: { answer: WorkloadOfVersion }) {
  const rich = useRichText();
  const text = useText();
  const format = useFormats();
  const { resource_total, missing_events, events, resources } = answer.workload;
  const known = resources.filter((one) => typeof one.resource === 'string');
  const [first] = known;
  if (!first) return text('people.workload.summary.none');
  return rich('people.workload.summary', {
    people: resource_total - (missing_events > 0 ? 1 : 0),
    events,
    missing: missing_events,
    first: first.resource ?? '',
    share: format.percent(first.share ?? 0),
    b: (parts) => <b key={String(parts)}>{parts}</b>,
  });
}
