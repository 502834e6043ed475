// How long cases take: together, by group and over time, and which are still open.
import { MultiSelect, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { schemaQuery } from '../../api/logs';
import type { DurationFigures, ThroughputOfVersion } from '../../api/throughput';
import type { Schema } from '../../api/types';
import { useFormats } from '../../format';
import { useRichText, useText } from '../../text/useText';
import { groupAttributes } from '../explore/attributes';
import { LogFrame } from '../explore/LogFrame';
import { type LogViewProps, twinsOf } from '../explore/view';
import { asked } from './asked';
import { DurationsCard } from './DurationsCard';
import { GroupsCard } from './GroupsCard';
import { OpenCard } from './OpenCard';
import { PERIODS, type ThroughputSearch, understood } from './search';
import styles from './Throughput.module.css';
import { TimeCard } from './TimeCard';

type ThroughputViewProps = LogViewProps<ThroughputSearch>;

export function ThroughputView({ log, version, note, search, onSearch }: ThroughputViewProps) {
  const text = useText();
  const schema = useQuery(schemaQuery(log.id, version.number));
  const known = schema.data ? understood(search, schema.data) : { search, unknown: [] };
  const { ends, by } = known.search;
  const filters = useMemo(() => search.filters ?? [], [search.filters]);
  const query = useQuery({
    ...asked({ version, search: known.search }),
    enabled: schema.data !== undefined || schema.error !== null,
    placeholderData: keepPreviousData,
  });
  const onFilters = (next: unknown[]) =>
    onSearch({ filters: next.length > 0 ? next : undefined, ...UNMARKED });
  const parts = { search, ends: ends ?? [], filters, onSearch, onFilters };
  const twin = twinsOf(search.tables, onSearch);
  return (
    <LogFrame
      {...{ log, version, search, filters }}
      title={text('throughput.title')}
      summary={(answer) => <Summary answer={answer} isLast={(ends ?? []).length === 0} />}
      note={note}
      ignored={known.unknown}
      query={query}
      isReady={!schema.isPending}
      controls={
        schema.data && <Controls {...{ search: known.search, schema: schema.data, onSearch }} />
      }
    >
      {(answer) => (
        <>
          <DurationsCard
            log={log.id}
            version={version.id}
            {...parts}
            answer={answer}
            {...twin('durations')}
          />
          {by && <GroupsCard answer={answer} by={by} filters={filters} onFilters={onFilters} />}
          <TimeCard
            answer={answer}
            at={search.at}
            ends={ends ?? []}
            filters={filters}
            {...twin('time')}
            onAt={(at) => onSearch({ at }, { replace: true })}
            onFilters={onFilters}
          />
          <OpenCard {...parts} answer={answer} {...twin('open')} />
        </>
      )}
    </LogFrame>
  );
}

/** Ranges are of the cases before the filter. */
const UNMARKED = { from: undefined, to: undefined, ageFrom: undefined, ageTo: undefined };

/** Where nobody says what ends a case, its last event does: it need not have ended. */
function Summary({ answer, isLast }: { answer: ThroughputOfVersion; isLast: boolean }) {
  const rich = useRichText();
  const text = useText();
  const write = useFormats().durationShort;
  const { completed, duration_s } = answer.throughput;
  if (!duration_s) return text('throughput.summary.none');
  const { median, p90, max } = duration_s;
  return rich(`throughput.summary${kindOf(completed, duration_s)}`, {
    cases: completed,
    last: isLast ? 'yes' : 'no',
    median: write(median),
    p90: write(p90),
    max: write(max),
    b: (parts) => <b key={String(parts)}>{parts}</b>,
  });
}

/** Of fewer cases nobody is one in ten. */
const TENTHS_FROM = 10;

/** What can be said of durations: of one, or of the same ones, there are no halves and tenths. */
function kindOf(cases: number, { min, p90, max }: DurationFigures) {
  if (max === 0) return '.nothing';
  if (min === max) return '.same';
  return cases < TENTHS_FROM || p90 === max ? '.few' : '';
}

interface ControlsProps {
  search: ThroughputSearch;
  schema: Schema;
  onSearch: ThroughputViewProps['onSearch'];
}

function Controls({ search, schema, onSearch }: ControlsProps) {
  const text = useText();
  const ends = search.ends ?? [];
  return (
    <>
      <MultiSelect
        className={styles.ends ?? ''}
        label={text('throughput.ends')}
        placeholder={ends.length === 0 ? text('throughput.ends.last') : ''}
        data={schema.activities.map((one) => one.name)}
        value={ends}
        onChange={(next) => onSearch({ ends: next.length > 0 ? next : undefined })}
        searchable
        clearable
        nothingFoundMessage={text('explore.nothingFound')}
        clearButtonProps={{ 'aria-label': text('explore.clear') }}
        size="xs"
      />
      <Select
        className={styles.choice ?? ''}
        label={text('throughput.by')}
        placeholder={text('throughput.by.none')}
        data={groupAttributes(schema)}
        value={search.by ?? null}
        onChange={(next) => onSearch({ by: next ?? undefined })}
        searchable
        clearable
        nothingFoundMessage={text('explore.nothingFound')}
        clearButtonProps={{ 'aria-label': text('explore.clear') }}
        size="xs"
      />
      <Select
        className={styles.period ?? ''}
        label={text('throughput.period')}
        data={PERIODS.map((value) => ({ value, label: text(`throughput.period.${value}`) }))}
        value={search.period ?? 'month'}
        allowDeselect={false}
        onChange={(next) => {
          const period = PERIODS.find((one) => one === next);
          onSearch({ period: period === 'month' ? undefined : period, at: undefined });
        }}
        size="xs"
      />
    </>
  );
}
