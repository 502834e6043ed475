// The same as the matrix, as a table: every pair, listed or not in the matrix.
import { useMemo } from 'react';
import type { Handover, HandoversAnswer } from '../../api/handovers';
import { useText } from '../../text/useText';
import { CasesLink } from '../explore/CasesLink';
import type { Filter } from '../explore/filters';
import parts from '../explore/Parts.module.css';
import { type Column, SortedTable } from '../explore/SortedTable';
import type { PeopleSearch } from './search';

interface PairTableProps {
  answer: HandoversAnswer;
  chosen: Handover | undefined;
  /** Keeps the cases in which work goes the way of a pair. */
  filterOf: (pair: Handover) => Filter;
  onChoose: (pair: Pick<PeopleSearch, 'from' | 'to'>) => void;
}

export function PairTable({ answer, chosen, filterOf, onChoose }: PairTableProps) {
  const text = useText();
  const columns = useMemo((): Column<Handover>[] => {
    const nameOf = (person: string | null | undefined) => person ?? text('people.unknown');
    const count = (key: 'handovers' | 'cases', name: string): Column<Handover> => ({
      key,
      name,
      kind: 'count',
      value: (pair) => pair[key],
    });
    const wait = (key: 'median' | 'p90' | 'total', name: string): Column<Handover> => ({
      key,
      name,
      kind: 'durationShort',
      value: (pair) => pair.wait_s?.[key] ?? null,
      isWideOnly: key !== 'median',
    });
    return [
      {
        key: 'from',
        name: text('people.from'),
        kind: 'name',
        value: (pair) => nameOf(pair.from),
        show: (pair) => (
          <button
            type="button"
            className={parts.link}
            onClick={() => onChoose({ from: pair.from ?? null, to: pair.to ?? null })}
          >
            {nameOf(pair.from)}
          </button>
        ),
      },
      {
        key: 'to',
        name: text('people.to'),
        kind: 'name',
        value: (pair) => nameOf(pair.to),
      },
      count('handovers', text('people.metric.handovers')),
      {
        ...count('cases', text('people.metric.cases')),
        show: (pair, written) => (
          <CasesLink
            and={[filterOf(pair)]}
            label={text('explore.casesOf', {
              count: pair.cases,
              name: text('people.pair', { from: nameOf(pair.from), to: nameOf(pair.to) }),
            })}
          >
            {written}
          </CasesLink>
        ),
      },
      wait('median', text('people.metric.wait')),
      wait('p90', text('people.wait.p90')),
      wait('total', text('people.wait.total')),
    ];
  }, [text, filterOf, onChoose]);
  return (
    <>
      <SortedTable
        label={text('people.matrix')}
        file={text('people.matrix')}
        columns={columns}
        rows={answer.pairs}
        rowKey={(pair) => JSON.stringify([pair.from ?? null, pair.to ?? null])}
        start={{ column: 'handovers', isDescending: true }}
        isSelected={(pair) => pair === chosen}
      />
      <p className={parts.hint}>
        {text('people.pairs', { shown: answer.pairs.length, total: answer.total })}
      </p>
    </>
  );
}
