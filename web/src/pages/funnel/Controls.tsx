// What can be chosen for the whole funnel: order, ends, value, and of which period.
import { MultiSelect, Select } from '@mantine/core';
import type { FunnelCohort } from '../../api/funnel';
import type { Schema } from '../../api/types';
import { useText } from '../../text/useText';
import { FewChoice } from '../explore/FewChoice';
import { usePeriodName } from '../explore/usePeriodName';
import styles from './Funnel.module.css';
import type { FunnelViewProps } from './FunnelView';
import { type FunnelSearch, LENGTHS, valueAttributes } from './search';

interface ControlsProps {
  search: FunnelSearch;
  schema: Schema;
  activities: string[];
  cohorts: FunnelCohort[];
  onSearch: FunnelViewProps['onSearch'];
}

export function Controls({ search, schema, activities, cohorts, onSearch }: ControlsProps) {
  const text = useText();
  const ends = search.ends ?? [];
  const nothingFound = { nothingFoundMessage: text('explore.nothingFound') };
  const clear = { clearButtonProps: { 'aria-label': text('explore.clear') } };
  return (
    <>
      <FewChoice
        label={text('funnel.order')}
        values={['strict', 'any']}
        nameOf={(one) => text(`funnel.order.${one}`)}
        value={search.order ?? 'strict'}
        onChange={(next) => onSearch({ order: next === 'any' ? 'any' : undefined })}
      />
      <MultiSelect
        className={styles.ends ?? ''}
        label={text('funnel.ends')}
        placeholder={ends.length === 0 ? text('funnel.ends.none') : ''}
        data={activities}
        limit={200}
        value={ends}
        onChange={(next) => onSearch({ ends: next.length > 0 ? next : undefined })}
        searchable
        clearable
        {...nothingFound}
        {...clear}
        size="xs"
      />
      <Select
        className={styles.choice ?? ''}
        label={text('funnel.value')}
        placeholder={text('funnel.value.none')}
        data={valueAttributes(schema)}
        value={search.value ?? null}
        onChange={(next) => onSearch({ value: next ?? undefined })}
        searchable
        clearable
        {...nothingFound}
        {...clear}
        size="xs"
      />
      <Periods search={search} cohorts={cohorts} onSearch={onSearch} />
    </>
  );
}

/** Of which period of start the cases are, and with which earlier one they are compared. */
function Periods({
  search,
  cohorts,
  onSearch,
}: Pick<ControlsProps, 'search' | 'cohorts' | 'onSearch'>) {
  const text = useText();
  const length = search.length ?? 'month';
  const nameOf = usePeriodName(length);
  const choices = [...cohorts]
    .reverse()
    .filter((one) => one.cases > 0)
    .map((one) => ({
      value: one.date,
      label: text('funnel.cohort.of', { period: nameOf(one.date), cases: one.cases }),
    }));
  const before = choices.filter(
    ({ value }) => search.cohort !== undefined && value < search.cohort,
  );
  const clear = { clearButtonProps: { 'aria-label': text('explore.clear') } };
  return (
    <>
      <Select
        className={styles.length ?? ''}
        label={text('funnel.length')}
        data={LENGTHS.map((value) => ({ value, label: text(`throughput.period.${value}`) }))}
        value={length}
        allowDeselect={false}
        onChange={(next) => {
          const found = LENGTHS.find((one) => one === next);
          onSearch({
            length: found === 'month' ? undefined : found,
            cohort: undefined,
            against: undefined,
          });
        }}
        size="xs"
      />
      <Select
        className={styles.choice ?? ''}
        label={text('funnel.cohort')}
        placeholder={text('funnel.cohort.all')}
        data={choices}
        value={search.cohort ?? null}
        onChange={(next) => onSearch({ cohort: next ?? undefined, against: undefined })}
        limit={200}
        searchable
        clearable
        nothingFoundMessage={text('explore.nothingFound')}
        {...clear}
        size="xs"
      />
      {search.cohort !== undefined && (
        <Select
          className={styles.choice ?? ''}
          label={text('funnel.against')}
          placeholder={text('funnel.against.none')}
          data={before}
          value={search.against ?? null}
          onChange={(next) => onSearch({ against: next ?? undefined })}
          limit={200}
          searchable
          clearable
          nothingFoundMessage={text('funnel.against.nothing')}
          {...clear}
          size="xs"
        />
      )}
    </>
  );
}
