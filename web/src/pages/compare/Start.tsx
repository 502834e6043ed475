// The ways to begin: these cases against the rest, two values of an attribute, two periods.
import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { type AttributeValues, answerQuery } from '../../api/filters';
import { schemaQuery } from '../../api/logs';
import type { Granularity } from '../../api/throughput';
import type { Log, Schema, Version } from '../../api/types';
import { chipsOf } from '../../filters/chips';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { groupAttributes } from '../explore/attributes';
import { type Filter, hasValue, inPeriod } from '../explore/filters';
import { usePeriodName } from '../explore/usePeriodName';
import { shownValue } from '../explore/value';
import styles from './Compare.module.css';
import { periodsBetween, ripePeriods } from './periods';
import { restAddress } from './rest';
import type { CompareSearch } from './search';

interface StartProps {
  log: Log;
  version: Version;
  search: CompareSearch;
  onSearch: (change: Partial<CompareSearch>) => void;
}

export function Start({ log, version, search, onSearch }: StartProps) {
  const text = useText();
  const schema = useQuery(schemaQuery(log.id, version.number));
  const begin = (a: Filter, b: Filter) => onSearch({ a: [a], b: [b] });
  const rest = restAddress(chipsOf({ ...search }));
  const filters = search.filters ?? [];
  return (
    <div className={styles.ways}>
      {rest && (
        <Way title={text('compare.start.rest')} detail={text('compare.start.rest.detail')}>
          <Button onClick={() => onSearch(rest)}>{text('compare.start.go')}</Button>
        </Way>
      )}
      {schema.data && groupAttributes(schema.data).length > 0 && (
        <ValuesWay {...{ version, filters, schema: schema.data }} onBegin={begin} />
      )}
      {version.first_event_at && version.last_event_at && (
        <PeriodsWay
          first={version.first_event_at}
          last={version.last_event_at}
          version={version}
          onBegin={begin}
        />
      )}
      <p className={styles.hint}>{text('compare.start.free')}</p>
    </div>
  );
}

interface WayProps {
  title: string;
  detail: string;
  children: ReactNode;
}

function Way({ title, detail, children }: WayProps) {
  const id = useId();
  return (
    <section className={styles.way} aria-labelledby={id}>
      <h2 id={id} className={styles.wayTitle}>
        {title}
      </h2>
      <p className={styles.hint}>{detail}</p>
      <div className={styles.choices}>{children}</div>
    </section>
  );
}

type Begin = (a: Filter, b: Filter) => void;

interface PairProps {
  options: { value: string; label: string }[];
  /** What is compared unless others are chosen; the first two when missing. */
  first?: string[];
  filterOf: (value: string) => Filter;
  onBegin: Begin;
}

/** One of them against another; the first two unless others are chosen. */
function Pair({ options, first = [], filterOf, onBegin }: PairProps) {
  const text = useText();
  const [chosen, setChosen] = useState<{ a?: string; b?: string }>({});
  const a = chosen.a ?? first[0] ?? options[0]?.value ?? null;
  const other = first[1] === a ? undefined : first[1];
  const b = chosen.b ?? other ?? options.find(({ value }) => value !== a)?.value ?? null;
  const choice = (side: 'a' | 'b', value: string | null) => (
    <Select
      label={text(`compare.side.${side}`)}
      data={options}
      value={value}
      allowDeselect={false}
      searchable
      onChange={(next) => next && setChosen({ ...chosen, [side]: next })}
    />
  );
  return (
    <>
      {choice('a', a)}
      {choice('b', b)}
      <Button
        disabled={a === null || b === null || a === b}
        onClick={() => a !== null && b !== null && onBegin(filterOf(a), filterOf(b))}
      >
        {text('compare.start.go')}
      </Button>
    </>
  );
}

interface ValuesWayProps {
  version: Version;
  filters: unknown[];
  schema: Schema;
  onBegin: Begin;
}

const VALUES_LISTED = 200;

function ValuesWay({ version, filters, schema, onBegin }: ValuesWayProps) {
  const text = useText();
  const format = useFormats();
  const attributes = groupAttributes(schema);
  const [wanted, setWanted] = useState<string>();
  const params = { attributes, limit: VALUES_LISTED };
  const { data } = useQuery(answerQuery(version.id, filters, 'attributes', params));
  const ofCases = data?.attributes.filter(({ level }) => level === 'case') ?? [];
  const attribute = wanted ?? fewest(ofCases) ?? attributes[0] ?? '';
  const found = ofCases.find((one) => one.name === attribute);
  const values = found?.values ?? [];
  const named = values.map(({ value, count }) => ({
    value: JSON.stringify(value),
    label: text('compare.start.value', {
      name: shownValue(value, text),
      cases: format.number(count, 0),
    }),
  }));
  const filterOf = (value: string) => hasValue(attribute, JSON.parse(value), 'case');
  return (
    <Way title={text('compare.start.values')} detail={text('compare.start.values.detail')}>
      <Select
        label={text('compare.start.attribute')}
        data={attributes}
        value={attribute}
        allowDeselect={false}
        searchable
        onChange={(next) => setWanted(next ?? undefined)}
      />
      <Pair key={attribute} options={named} filterOf={filterOf} onBegin={onBegin} />
    </Way>
  );
}

/** Two values of an attribute that has few say more than two of one that has many. */
function fewest(attributes: AttributeValues[]): string | undefined {
  const several = attributes.filter((one) => one.values.length > 1);
  const count = (one: AttributeValues) => one.distinct ?? one.values.length;
  return several.sort((left, right) => count(left) - count(right))[0]?.name;
}

const LENGTHS = ['month', 'quarter', 'year'] as const;

interface PeriodsWayProps {
  first: string;
  last: string;
  version: Version;
  onBegin: Begin;
}

function PeriodsWay({ first, last, version, onBegin }: PeriodsWayProps) {
  const text = useText();
  const format = useFormats();
  const [length, setLength] = useState<Granularity>('quarter');
  const name = usePeriodName(length);
  const { data } = useQuery(answerQuery(version.id, [], 'summary'));
  const p90_s = data?.case_duration_s?.p90 ?? 0;
  const periods = periodsBetween(first, last, length);
  const begin = ripePeriods(periods, last, length, p90_s);
  const state = begin.length > 0 ? 'ripe' : 'young';
  // The latest first.
  const named = periods.reverse().map((date) => ({ value: date, label: name(date) }));
  const filterOf = (date: string) => inPeriod('starts', date, length);
  return (
    <Way title={text('compare.start.periods')} detail={text('compare.start.periods.detail')}>
      <Select
        label={text('compare.start.length')}
        data={LENGTHS.map((value) => ({ value, label: text(`throughput.period.${value}`) }))}
        value={length}
        allowDeselect={false}
        onChange={(next) => setLength(LENGTHS.find((one) => one === next) ?? 'quarter')}
      />
      <Pair key={length} options={named} first={begin} filterOf={filterOf} onBegin={onBegin} />
      <p className={styles.hint}>
        {data && text(`compare.start.periods.${state}`, { time: format.duration(p90_s) })}
      </p>
    </Way>
  );
}
