// The same as a histogram, as a table: how many lie in each bin, and the way to their cases.
import type { DurationBin } from '../../api/throughput';
import type { Range } from '../../pictures/chart/range';
import { CasesLink } from './CasesLink';
import { type Column, SortedTable } from './SortedTable';

interface BinTableProps {
  title: string;
  bins: DurationBin[];
  /** Names of the columns. */
  words: { from: string; to: string; count: string };
  /** What the cases of a bin are, if a filter can say it. */
  casesOf: (range: Range) => unknown[] | null;
  more?: Column<DurationBin>[];
}

export function BinTable({ title, bins, words, casesOf, more = [] }: BinTableProps) {
  return (
    <SortedTable
      label={title}
      file={title}
      rows={bins}
      rowKey={(bin) => String(bin.from_s)}
      columns={[
        { key: 'from', name: words.from, kind: 'duration', value: (bin) => bin.from_s },
        { key: 'to', name: words.to, kind: 'duration', value: (bin) => bin.to_s },
        {
          key: 'cases',
          name: words.count,
          kind: 'count',
          value: (bin) => bin.cases,
          show: ({ from_s: from, to_s: to, cases }, written) => {
            const and = cases > 0 ? casesOf({ from, to }) : null;
            return and ? <CasesLink and={and}>{written}</CasesLink> : written;
          },
        },
        ...more,
      ]}
    />
  );
}
