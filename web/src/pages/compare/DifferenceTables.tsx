// The maps as tables: every activity and every path with both sides and their difference.
import type { ComparedActivity, ComparedPath, ComparisonAnswer } from '../../api/comparison';
import { useFormats } from '../../format';
import { type Compared, differenceOf, isFew } from '../../pictures/process-map/compared';
import { isSameItem, type MapItem } from '../../pictures/process-map/graph';
import { useText } from '../../text/useText';
import { type Column, SortedTable } from '../explore/SortedTable';
import styles from './Compare.module.css';
import { CasesOf } from './ItemFigures';
import { medianOf } from './itemWords';
import type { Sides } from './sides';
import { differenceWords } from './words';

interface DifferenceTablesProps {
  comparison: ComparisonAnswer;
  sides: Sides;
  selected: MapItem | null;
  onSelect: (item: MapItem | null) => void;
}

export function DifferenceTables(props: DifferenceTablesProps) {
  const { comparison, selected } = props;
  const text = useText();
  const activityColumns = useColumns(props, text('compare.table.activity'));
  const pathColumns = useColumns(props, text('compare.table.path'));
  return (
    <div className={styles.tables}>
      <h2 className={styles.sectionTitle}>{text('compare.table.activities')}</h2>
      <SortedTable<Row>
        label={text('compare.table.activities')}
        file={text('compare.table.activities')}
        columns={activityColumns}
        rows={comparison.activities}
        rowKey={(row) => JSON.stringify(itemOf(row))}
        isSelected={(row) => isSameItem(selected, itemOf(row))}
      />
      <h2 className={styles.sectionTitle}>{text('compare.table.paths')}</h2>
      <SortedTable<Row>
        label={text('compare.table.paths')}
        file={text('compare.table.paths')}
        columns={pathColumns}
        rows={comparison.paths}
        rowKey={(row) => JSON.stringify(itemOf(row))}
        isSelected={(row) => isSameItem(selected, itemOf(row))}
      />
      <p className={styles.hint}>{text('compare.table.few', { few: comparison.few_cases })}</p>
    </div>
  );
}

type Row = ComparedActivity | ComparedPath;

function itemOf(row: Row): MapItem {
  return 'activity' in row
    ? { kind: 'activity', activity: row.activity }
    : { kind: 'path', from: row.from, to: row.to };
}

const HUNDRED = 100;

function useColumns({ sides, onSelect }: DifferenceTablesProps, title: string): Column<Row>[] {
  const text = useText();
  const format = useFormats();
  const { signed } = differenceWords(text, format);
  const absent = text('compare.absent');
  const nameOf = (row: Row) =>
    'activity' in row ? row.activity : text('map.path.name', { from: row.from, to: row.to });
  const of = (name: string, side: 'a' | 'b') =>
    text('compare.table.of', { name, side: text(`compare.letter.${side}`) });
  const cases = (side: 'a' | 'b'): Column<Row> => ({
    key: `cases ${side}`,
    name: of(text('compare.figure.cases'), side),
    kind: 'count',
    value: (row) => row[side].cases,
    show: (row, written) => (
      <CasesOf side={side} selected={itemOf(row)} sides={sides} count={row[side].cases}>
        {written}
      </CasesOf>
    ),
    isWideOnly: true,
  });
  const share = (side: 'a' | 'b'): Column<Row> => ({
    key: `share ${side}`,
    name: of(text('compare.figure.share'), side),
    kind: 'number',
    value: (row) => row[side].share ?? null,
    show: (row) => format.percent(row[side].share ?? 0),
  });
  const median = (side: 'a' | 'b'): Column<Row> => ({
    key: `median ${side}`,
    name: of(text('compare.table.median'), side),
    kind: 'number',
    value: (row) => medianOf(row, side),
    show: (row) => {
      const value = medianOf(row, side);
      return value === null ? absent : format.durationShort(value);
    },
  });
  const difference = (metric: Compared): Column<Row> => ({
    key: `difference ${metric}`,
    name: text(`compare.table.difference.${metric}`),
    kind: 'number',
    value: (row) => {
      const value = differenceOf(row, metric);
      return value !== null && metric === 'share' ? value * HUNDRED : value;
    },
    isUnranked: (row) => isFew(row, metric),
    show: (row) => {
      const value = differenceOf(row, metric);
      if (value === null) return absent;
      return (
        <span className={styles.cell}>
          {signed(value, metric)}
          {isFew(row, metric) && <span className={styles.few}>{text('compare.few')}</span>}
        </span>
      );
    },
  });
  return [
    {
      key: 'name',
      name: title,
      kind: 'name',
      value: nameOf,
      show: (row) => (
        <button type="button" className={styles.link} onClick={() => onSelect(itemOf(row))}>
          {nameOf(row)}
        </button>
      ),
    },
    cases('a'),
    cases('b'),
    share('a'),
    share('b'),
    difference('share'),
    median('a'),
    median('b'),
    difference('time'),
  ];
}
