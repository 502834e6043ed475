// What is done more than once: which activities, in how many cases, and in which cases most.
import { Switch } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { schemaQuery } from '../../api/logs';
import type { ReworkOfVersion } from '../../api/rework';
import { useFormats } from '../../format';
import { useRichText, useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CaseLink, CasesLink } from '../explore/CasesLink';
import { repeatsAny } from '../explore/filters';
import { LogFrame } from '../explore/LogFrame';
import parts from '../explore/Parts.module.css';
import { SortedTable } from '../explore/SortedTable';
import type { LogViewProps } from '../explore/view';
import { ActivitiesCard } from './ActivitiesCard';
import { asked } from './asked';
import { RepeatedActivity } from './RepeatedActivity';
import type { ReworkSearch } from './search';

export function ReworkView(props: LogViewProps<ReworkSearch>) {
  const { log, version, note, search, onSearch } = props;
  const text = useText();
  const schema = useQuery(schemaQuery(log.id, version.number));
  const auxiliary = search.auxiliary ?? false;
  const filters = useMemo(() => search.filters ?? [], [search.filters]);
  const query = useQuery({
    ...asked({ version, search, schema: schema.data }),
    enabled: schema.data !== undefined || schema.error !== null,
    placeholderData: keepPreviousData,
  });
  const onFilters = (next: unknown[]) => onSearch({ filters: next.length > 0 ? next : undefined });
  const rows = query.data?.rework.activities ?? [];
  const selected = rows.find((one) => one.activity === search.activity);
  const isUnknown = search.activity !== undefined && query.data !== undefined && !selected;
  const hasAuxiliary = schema.data?.activities.some((one) => one.auxiliary) ?? false;
  return (
    <LogFrame
      {...{ log, version, search, filters }}
      title={text('rework.title')}
      summary={(answer) => <Summary answer={answer} />}
      note={note}
      ignored={isUnknown ? ['activity'] : []}
      query={query}
      isReady={!schema.isPending}
      controls={
        hasAuxiliary && (
          <Switch
            size="xs"
            label={text('rework.auxiliary')}
            checked={auxiliary}
            onChange={({ currentTarget }) =>
              onSearch({ auxiliary: currentTarget.checked || undefined })
            }
          />
        )
      }
    >
      {(answer) => (
        <div className={parts.columns}>
          <ActivitiesCard
            answer={answer}
            selected={selected?.activity}
            onSelect={(activity) => onSearch({ activity })}
          />
          <div className={parts.side}>
            {selected && (
              <RepeatedActivity
                activity={selected}
                log={log.id}
                version={search.version}
                auxiliary={auxiliary}
                filters={filters}
                onFilters={onFilters}
                onClose={() => onSearch({ activity: undefined })}
              />
            )}
            <MostRepeats answer={answer} />
          </div>
        </div>
      )}
    </LogFrame>
  );
}

function Summary({ answer }: { answer: ReworkOfVersion }) {
  const rich = useRichText();
  const text = useText();
  const format = useFormats();
  const { cases, cases_with_rework, share, repeats, events, activities, rework_s } = answer.rework;
  if (cases_with_rework === 0) return text('rework.summary.none', { cases });
  return rich('rework.summary', {
    cases: cases_with_rework,
    total: cases,
    share: format.percent(share ?? 0),
    repeats,
    part: format.percent(events === 0 ? 0 : repeats / events),
    median: format.duration(rework_s?.median ?? 0),
    total_time: format.durationShort(rework_s?.total ?? 0),
    b: (parts) => <b key={`b${String(parts)}`}>{parts}</b>,
    link: (parts) => (
      <CasesLink key="cases" and={[repeatsAny(activities)]}>
        {parts}
      </CasesLink>
    ),
  });
}

/** The cases in which most is repeated. */
function MostRepeats({ answer }: { answer: ReworkOfVersion }) {
  const text = useText();
  const format = useFormats();
  const rows = answer.rework.case_list.filter((one) => one.repeats > 0);
  if (rows.length === 0) return null;
  return (
    <Card title={text('rework.most')} coverage={text('rework.most.count', { count: rows.length })}>
      <SortedTable
        label={text('rework.most')}
        file={text('rework.most')}
        rows={rows}
        rowKey={(one) => one.case}
        columns={[
          {
            key: 'case',
            name: text('rework.case'),
            kind: 'name',
            value: (one) => one.case,
            show: (one) => <CaseLink id={one.case} />,
          },
          {
            key: 'repeats',
            name: text('rework.repeats'),
            kind: 'count',
            value: (one) => one.repeats,
          },
          {
            key: 'time',
            name: text('rework.time'),
            kind: 'number',
            value: (one) => one.rework_s,
            show: (one) => (
              <span title={format.duration(one.rework_s)}>
                {format.durationShort(one.rework_s)}
              </span>
            ),
          },
        ]}
      />
    </Card>
  );
}
