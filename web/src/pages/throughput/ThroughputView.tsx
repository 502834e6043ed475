// How long cases take: together, by group and over time, and which are still open.
import { MultiSelect, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { schemaQuery } from '../../api/logs';
import { type ThroughputOfVersion, throughputQuery } from '../../api/throughput';
import type { Schema } from '../../api/types';
import { useRichText, useText } from '../../text/useText';
import { type CasesOfPage, PageCases } from '../explore/CasesLink';
import { LogFrame } from '../explore/LogFrame';
import type { LogViewProps } from '../explore/view';
import { DurationsCard } from './DurationsCard';
import { GroupsCard } from './GroupsCard';
import { OpenCard } from './OpenCard';
import { groupAttributes, PERIODS, type ThroughputSearch, type Twin, understood } from './search';
import styles from './Throughput.module.css';
import { TimeCard } from './TimeCard';
import { useDuration } from './useDuration';

export type ThroughputViewProps = LogViewProps<ThroughputSearch>;

export function ThroughputView({ log, version, note, search, onSearch }: ThroughputViewProps) {
  const text = useText();
  const schema = useQuery(schemaQuery(log.id, version.number));
  const known = schema.data ? understood(search, schema.data) : { search, unknown: [] };
  const { ends, by, period } = known.search;
  const filters = useMemo(() => search.filters ?? [], [search.filters]);
  const query = useQuery({
    ...throughputQuery({ version: version.id, filters, ends: ends ?? [], by, period }),
    enabled: schema.data !== undefined || schema.error !== null,
    placeholderData: keepPreviousData,
  });
  const cases = useMemo(
    (): CasesOfPage => ({ log: log.id, version: search.version, filters }),
    [log.id, search.version, filters],
  );
  const onFilters = (next: unknown[]) =>
    onSearch({ filters: next.length > 0 ? next : undefined, ...UNMARKED });
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
        title={text('throughput.title')}
        summary={(answer) => <Summary answer={answer} />}
        note={note}
        ignored={known.unknown}
        query={query}
        filters={filters}
        onFilters={onFilters}
        controls={
          schema.data && <Controls {...{ search: known.search, schema: schema.data, onSearch }} />
        }
      >
        {(answer) => (
          <>
            <DurationsCard
              log={log.id}
              version={version.id}
              answer={answer}
              search={search}
              ends={ends ?? []}
              filters={filters}
              isTable={isTable('durations')}
              onTable={onTable('durations')}
              onSearch={onSearch}
              onFilters={onFilters}
            />
            {by && <GroupsCard answer={answer} by={by} filters={filters} onFilters={onFilters} />}
            <TimeCard
              answer={answer}
              at={search.at}
              ends={ends ?? []}
              filters={filters}
              isTable={isTable('time')}
              onTable={onTable('time')}
              onAt={(at) => onSearch({ at }, { replace: true })}
              onFilters={onFilters}
            />
            <OpenCard
              answer={answer}
              search={search}
              ends={ends ?? []}
              filters={filters}
              isTable={isTable('open')}
              onTable={onTable('open')}
              onSearch={onSearch}
              onFilters={onFilters}
            />
          </>
        )}
      </LogFrame>
    </PageCases>
  );
}

/** Ranges are of the cases before the filter. */
const UNMARKED = { from: undefined, to: undefined, ageFrom: undefined, ageTo: undefined };

function Summary({ answer }: { answer: ThroughputOfVersion }) {
  const rich = useRichText();
  const text = useText();
  const write = useDuration(answer.throughput.histogram);
  const { completed, duration_s } = answer.throughput;
  if (!duration_s) return text('throughput.summary.none');
  return rich('throughput.summary', {
    cases: completed,
    median: write(duration_s.median),
    p90: write(duration_s.p90),
    b: (parts) => <b key={String(parts)}>{parts}</b>,
  });
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
