// In which values the cases of the selection differ from the rest; each value becomes a filter.
import { Button, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type AttributeDifferences,
  type DifferencesAnswer,
  differencesQuery,
  type MapScope,
  type ValueDifference,
} from '../../../api/drawer';
import { type Formats, useFormats } from '../../../format';
import type { MapItem } from '../../../pictures/process-map/graph';
import { type Say, useText } from '../../../text/useText';
import { hasValue } from '../../explore/filters';
import { SortedTable } from '../../explore/SortedTable';
import { shownValue } from '../../explore/value';
import { Asked } from './Asked';
import styles from './Drawer.module.css';
import { Section } from './Section';
import { asOnMap, type Filter, hasItem } from './scope';

interface DifferencesProps {
  item: MapItem;
  scope: MapScope;
  onFilter: (filter: Filter) => void;
}

const LISTED = 4;
const VALUES_LISTED = 3;

export function Differences(props: DifferencesProps) {
  const text = useText();
  return (
    <Section id="differences" title={text('map.differences')} hasTable>
      {({ isTable }) => <Content {...props} isTable={isTable} />}
    </Section>
  );
}

function Content({ item, scope, onFilter, isTable }: DifferencesProps & { isTable: boolean }) {
  const text = useText();
  // What must be gone before a path of the map is one is no part of the selection.
  const before = asOnMap(hasItem(item, scope), scope);
  const query = useQuery(differencesQuery(scope, before.slice(-1), before.slice(0, -1)));
  return (
    <Asked query={query}>
      {(answer) => {
        if (answer.rest === 0 || answer.selection === 0) {
          return (
            <p className={styles.hint}>
              {text(answer.rest === 0 ? 'map.differences.all' : 'map.selection.noPath')}
            </p>
          );
        }
        const { selection, rest, few_cases } = answer;
        return (
          <>
            <p className={styles.hint}>
              {text('map.differences.base', { selection, rest })}{' '}
              {!answer.ranked && text('map.differences.unranked', { few: few_cases })}
            </p>
            {isTable ? (
              <Table answer={answer} />
            ) : (
              <Attributes answer={answer} onFilter={onFilter} />
            )}
          </>
        );
      }}
    </Asked>
  );
}

interface AttributesProps {
  answer: DifferencesAnswer;
  onFilter: (filter: Filter) => void;
}

function Attributes({ answer, onFilter }: AttributesProps) {
  const text = useText();
  const [isAll, setIsAll] = useState(false);
  const used = answer.attributes.filter((one) => valuesOf(one).length > 0);
  const shown = isAll ? used : used.slice(0, LISTED);
  if (used.length === 0) {
    const key = answer.attributes.length > 0 ? 'map.differences.same' : 'map.differences.none';
    return <p className={styles.hint}>{text(key)}</p>;
  }
  const firstApart = shown.find(tellsApart);
  return (
    <>
      <p className={styles.key}>
        <span>
          <i className={styles.share} />
          {text('map.differences.selection')}
        </span>
        <span>
          <i className={styles.share} data-of="rest" />
          {text('map.differences.rest')}
        </span>
      </p>
      {shown.map((attribute) => (
        <div key={`${attribute.level} ${attribute.name}`}>
          {attribute === firstApart && (
            <p className={styles.hint}>{text('map.differences.apart')}</p>
          )}
          <h4 className={styles.group}>{attribute.name}</h4>
          {valuesOf(attribute)
            .slice(0, VALUES_LISTED)
            .map((value) => (
              <Value
                key={JSON.stringify([value.value, value.from, value.to, value.currency])}
                {...{ attribute, value, onFilter }}
              />
            ))}
        </div>
      ))}
      {used.length > LISTED && (
        <Button mt="xs" size="compact-xs" variant="default" onClick={() => setIsAll(!isAll)}>
          {isAll
            ? text('map.differences.fewer')
            : text('map.differences.more', { count: used.length - LISTED })}
        </Button>
      )}
    </>
  );
}

/** From this difference on a value says who is selected; the server lists such attributes last. */
const APART = 0.95;

function tellsApart({ largest }: AttributeDifferences): boolean {
  return (largest ?? 0) >= APART;
}

/** Half of the least difference that is written. */
const NONE = 0.0005;

/** Without what would be written as no difference. */
function valuesOf({ values }: AttributeDifferences): ValueDifference[] {
  return values.filter(({ few, difference }) => few || Math.abs(difference ?? 0) >= NONE);
}

interface ValueProps {
  attribute: AttributeDifferences;
  value: ValueDifference;
  onFilter: (filter: Filter) => void;
}

function Value({ attribute, value, onFilter }: ValueProps) {
  const text = useText();
  const format = useFormats();
  const name = nameOf(attribute, value, text, format);
  const [own, rest] = [value.selection_share ?? 0, value.rest_share ?? 0];
  const filter = filterOf(attribute, value);
  const content = (
    <>
      <span title={name}>{name}</span>
      <b>
        {value.few ? (
          <span className={styles.few}>{text('map.differences.few')}</span>
        ) : (
          points(value, text, format)
        )}
      </b>
      <span className={styles.pair}>
        <i className={styles.share} style={{ width: `${own * 100}%` }} />
        {format.percent(own)}
        <i className={styles.share} data-of="rest" style={{ width: `${rest * 100}%` }} />
        {format.percent(rest)}
      </span>
    </>
  );
  if (!filter) return <div className={styles.value}>{content}</div>;
  return (
    <UnstyledButton className={styles.value ?? ''} onClick={() => onFilter(filter)}>
      <span className="only-read-aloud">
        {text('map.differences.keep', { attribute: attribute.name })}
      </span>
      {content}
    </UnstyledButton>
  );
}

function points({ difference }: ValueDifference, text: Say, format: Formats): string {
  const value = (difference ?? 0) * 100;
  const size = format.number(Math.abs(value), 1);
  return text('map.differences.points', { sign: value < 0 ? '−' : '+', points: size });
}

function nameOf(
  { type }: AttributeDifferences,
  { value, from, to, currency }: ValueDifference,
  text: Say,
  format: Formats,
): string {
  if (value !== undefined) return shownValue(value, text);
  const write = (edge: string | number | null | undefined) => {
    if (edge === null || edge === undefined) return '…';
    if (type === 'timestamp') return format.date(edge);
    if (type === 'duration') return format.durationShort(Number(edge));
    return currency ? format.moneyCompact(Number(edge), currency) : format.number(Number(edge), 2);
  };
  return text('map.differences.range', { from: write(from), to: write(to) });
}

/** What keeps the cases of a value; of a range, which ends before its upper edge, two filters. */
function filterOf(
  { name, level, type }: AttributeDifferences,
  { value, from, to, currency }: ValueDifference,
): Filter | null {
  if (value !== undefined) return hasValue(name, value, level);
  if (type === 'timestamp') return { kind: 'attribute_period', attribute: name, level, from, to };
  const of = { kind: 'attribute_range', attribute: name, level, ...(currency ? { currency } : {}) };
  if (from === null || from === undefined || to === null || to === undefined) return null;
  return { all: [{ ...of, min: from }, { not: { ...of, min: to } }] };
}

interface Row {
  attribute: AttributeDifferences;
  value: ValueDifference;
}

function Table({ answer }: { answer: DifferencesAnswer }) {
  const text = useText();
  const format = useFormats();
  const rows = answer.attributes.flatMap((attribute) =>
    attribute.values.map((value): Row => ({ attribute, value })),
  );
  const count = (value: number) => format.number(value, 0);
  const title = text('map.differences');
  return (
    <SortedTable
      label={title}
      file={title}
      rows={rows}
      rowKey={({ attribute, value }) =>
        JSON.stringify([attribute.level, attribute.name, value.value, value.from, value.currency])
      }
      columns={[
        {
          key: 'attribute',
          name: text('map.differences.attribute'),
          kind: 'name',
          value: (row) => row.attribute.name,
        },
        {
          key: 'value',
          name: text('map.differences.value'),
          kind: 'name',
          value: (row) => nameOf(row.attribute, row.value, text, format),
        },
        {
          key: 'selection',
          name: text('map.differences.selection'),
          kind: 'number',
          value: (row) => row.value.selection,
          show: ({ value }) =>
            `${count(value.selection)} · ${format.percent(value.selection_share ?? 0)}`,
        },
        {
          key: 'rest',
          name: text('map.differences.rest'),
          kind: 'number',
          value: (row) => row.value.rest,
          show: ({ value }) => `${count(value.rest)} · ${format.percent(value.rest_share ?? 0)}`,
        },
        {
          key: 'difference',
          name: text('map.differences.difference'),
          kind: 'number',
          value: (row) => row.value.difference ?? null,
          show: ({ value }) =>
            value.few ? text('map.differences.few') : points(value, text, format),
        },
      ]}
    />
  );
}
