// What happens when, case by case: a sample of cases as rows of dots.
import { MultiSelect, Select, Switch } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DottedOfVersion } from '../../api/dotted';
import { schemaQuery } from '../../api/logs';
import type { Schema } from '../../api/types';
import { TIME_AXES } from '../../pictures/dotted/axes';
import { useRichText, useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CasesLink } from '../explore/CasesLink';
import { FewChoice } from '../explore/FewChoice';
import { LogFrame } from '../explore/LogFrame';
import type { LogViewProps } from '../explore/view';
import { asked } from './asked';
import { CaseTable } from './CaseTable';
import styles from './Dotted.module.css';
import { DottedPicture } from './DottedPicture';
import { COLOUR_COUNT, type DottedSearch, SAMPLE, SAMPLES, SORTS, unknownWords } from './search';

type DottedViewProps = LogViewProps<DottedSearch>;

export function DottedView(props: DottedViewProps) {
  const { log, version, note, search, onSearch } = props;
  const text = useText();
  const rich = useRichText();
  const schema = useQuery(schemaQuery(log.id, version.number));
  const filters = useMemo(() => search.filters ?? [], [search.filters]);
  const query = useQuery({ ...asked({ version, search }), placeholderData: keepPreviousData });
  const unknown = schema.data ? unknownWords(search, schema.data) : [];
  const known: DottedSearch = {
    ...search,
    colours: unknown.includes('colours') ? undefined : search.colours,
    highlight: unknown.includes('highlight') ? undefined : search.highlight,
  };
  return (
    <LogFrame
      {...{ log, version, search, filters }}
      title={text('dotted.title')}
      summary={(answer) => <Summary answer={answer} />}
      note={note}
      ignored={unknown}
      query={query}
      controls={<Controls search={known} schema={schema.data} onSearch={onSearch} />}
      isTall
    >
      {(answer) => (
        <div className={styles.card}>
          <Card
            title={text('dotted.chart')}
            coverage={rich('dotted.coverage', {
              sampled: answer.dotted.sampled,
              cases: answer.dotted.cases,
              points: answer.dotted.points,
              link: (parts) => <CasesLink key="cases">{parts}</CasesLink>,
            })}
            isTable={search.table ?? false}
            onTable={(on) => onSearch({ table: on || undefined }, { replace: true })}
          >
            {answer.dotted.is_cut && <p className={styles.hint}>{text('dotted.cut')}</p>}
            {search.table ? (
              <CaseTable answer={answer} />
            ) : (
              <DottedPicture
                answer={answer}
                schema={schema.data}
                search={known}
                log={log.id}
                onSearch={onSearch}
              />
            )}
          </Card>
        </div>
      )}
    </LogFrame>
  );
}

function Summary({ answer }: { answer: DottedOfVersion }) {
  const rich = useRichText();
  const { sampled, cases } = answer.dotted;
  return rich(sampled < cases ? 'dotted.summary.sample' : 'dotted.summary', {
    sampled,
    cases,
    b: (parts) => <b key={String(parts)}>{parts}</b>,
  });
}

interface ControlsProps {
  search: DottedSearch;
  schema: Schema | undefined;
  onSearch: DottedViewProps['onSearch'];
}

function Controls({ search, schema, onSearch }: ControlsProps) {
  const text = useText();
  const activities = (schema?.activities ?? []).filter(
    (one) => search.auxiliary || !one.auxiliary || search.colours?.includes(one.name),
  );
  const chosen = search.colours ?? [];
  return (
    <>
      <FewChoice
        label={text('dotted.axis')}
        values={TIME_AXES}
        nameOf={(one) => text(`dotted.axis.${one}`)}
        value={search.axis ?? 'absolute'}
        onChange={(next) => onSearch({ axis: next === 'absolute' ? undefined : next })}
      />
      <Select
        className={styles.short ?? ''}
        label={text('dotted.sort')}
        data={SORTS.map((value) => ({ value, label: text(`dotted.sort.${value}`) }))}
        value={search.sort ?? 'start'}
        allowDeselect={false}
        onChange={(next) => {
          const sort = SORTS.find((one) => one === next);
          onSearch({ sort: sort === 'start' ? undefined : sort });
        }}
        size="xs"
      />
      <Select
        className={styles.short ?? ''}
        label={text('dotted.sample')}
        data={SAMPLES.map((value) => ({
          value: String(value),
          label: text('dotted.sample.of', { count: value }),
        }))}
        value={String(search.sample ?? SAMPLE)}
        allowDeselect={false}
        onChange={(next) => {
          const sample = SAMPLES.find((one) => String(one) === next);
          onSearch({ sample: sample === SAMPLE ? undefined : sample });
        }}
        size="xs"
      />
      <MultiSelect
        className={styles.choice ?? ''}
        label={text('dotted.colours')}
        placeholder={chosen.length === 0 ? text('dotted.colours.auto') : ''}
        data={activities.map((one) => one.name)}
        value={chosen}
        maxValues={COLOUR_COUNT}
        onChange={(next) => onSearch({ colours: next.length > 0 ? next : undefined })}
        searchable
        clearable
        nothingFoundMessage={text('explore.nothingFound')}
        clearButtonProps={{ 'aria-label': text('explore.clear') }}
        size="xs"
      />
      {/* Until it is known whether there are any, its place is kept. */}
      {(!schema || schema.activities.some((one) => one.auxiliary)) && (
        <Switch
          className={styles.switch ?? ''}
          size="xs"
          label={text('dotted.auxiliary')}
          disabled={!schema}
          checked={search.auxiliary ?? false}
          onChange={({ currentTarget }) =>
            onSearch({ auxiliary: currentTarget.checked || undefined })
          }
        />
      )}
    </>
  );
}
