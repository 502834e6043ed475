// How durations are distributed, their quantiles, and the cases of a range of them.
import { Button } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { DurationBin, ThroughputOfVersion } from '../../api/throughput';
import { useFormats } from '../../format';
import { Histogram } from '../../pictures/chart/Histogram';
import type { Range } from '../../pictures/chart/range';
import { useRichText, useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CasesLink } from '../explore/CasesLink';
import { takesBetween, withFilter } from '../explore/filters';
import parts from '../explore/Parts.module.css';
import { SortedTable } from '../explore/SortedTable';
import { useSize } from '../map/useSize';
import { casesIn } from './range';
import type { ThroughputSearch } from './search';
import styles from './Throughput.module.css';
import { tickOf, useDuration } from './useDuration';

interface DurationsCardProps {
  answer: ThroughputOfVersion;
  search: ThroughputSearch;
  filters: unknown[];
  isTable: boolean;
  onTable: (isTable: boolean) => void;
  onSearch: (change: Partial<ThroughputSearch>, how?: { replace?: boolean }) => void;
  onFilters: (filters: unknown[]) => void;
}

export function DurationsCard(props: DurationsCardProps) {
  const { answer, search, filters, isTable, onTable, onSearch, onFilters } = props;
  const text = useText();
  const rich = useRichText();
  const format = useFormats();
  const write = useDuration(answer.throughput);
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const [pointed, setPointed] = useState<DurationBin | null>(null);
  const { cases, completed, duration_s, histogram } = answer.throughput;
  const range = useMemo(() => rangeOf(search, histogram), [search, histogram]);
  const marks = useMemo(
    () =>
      duration_s
        ? [mark('throughput.median', duration_s.median), mark('throughput.p90', duration_s.p90)]
        : [],
    [duration_s],
  );
  const mayFilter = answer.open === null;
  const onRange = (next: Range | null) =>
    onSearch({ from: next?.from, to: next?.to }, { replace: true });
  return (
    <Card
      title={text('throughput.durations')}
      coverage={rich('throughput.coverage', {
        used: completed,
        eligible: cases,
        link: (parts) => <CasesLink key="cases">{parts}</CasesLink>,
      })}
      isTable={isTable}
      onTable={onTable}
    >
      <div className={styles.columns}>
        <div ref={frame} className={styles.picture}>
          {isTable ? (
            <BinTable bins={histogram} completed={completed} mayFilter={mayFilter} />
          ) : (
            width > 0 &&
            duration_s && (
              <Histogram
                bins={histogram}
                width={width}
                marks={marks.map(({ key, at }) => ({
                  at,
                  label: text('throughput.mark', {
                    name: text(key),
                    value: write(at),
                  }),
                }))}
                range={range}
                onRange={onRange}
                onPoint={setPointed}
                words={{
                  summary: text('throughput.durations.summary', {
                    cases: completed,
                    median: format.duration(duration_s.median),
                    p25: format.duration(duration_s.p25),
                    p75: format.duration(duration_s.p75),
                    max: format.duration(duration_s.max),
                  }),
                  from: text('throughput.range.from'),
                  to: text('throughput.range.to'),
                  duration: format.duration,
                  tick: (seconds, unit) => tickOf(format, seconds, unit),
                  count: (value) => format.number(value, 0),
                }}
              />
            )
          )}
          <div className={parts.readout} aria-live="polite">
            {range ? (
              <>
                <span>
                  {text('throughput.range', {
                    cases: casesIn(histogram, range),
                    from: write(range.from),
                    to: write(range.to),
                    share: format.percent(casesIn(histogram, range) / Math.max(1, completed), 1),
                  })}
                </span>
                {mayFilter ? (
                  <span className={`${parts.buttons} not-printed`}>
                    <Button
                      size="compact-xs"
                      onClick={() =>
                        onFilters(withFilter(filters, takesBetween(range.from, range.to)))
                      }
                    >
                      {text('explore.keep')}
                    </Button>
                    <CasesLink and={[takesBetween(range.from, range.to)]}>
                      {text('explore.show')}
                    </CasesLink>
                  </span>
                ) : (
                  <span className={parts.hint}>{text('throughput.range.unfiltered')}</span>
                )}
                <Button size="compact-xs" variant="subtle" onClick={() => onRange(null)}>
                  {text('explore.unmark')}
                </Button>
              </>
            ) : pointed ? (
              <span aria-hidden>
                {text('throughput.range', {
                  cases: pointed.cases,
                  from: write(pointed.from_s),
                  to: write(pointed.to_s),
                  share: format.percent(pointed.cases / Math.max(1, completed), 1),
                })}
              </span>
            ) : (
              !isTable && <span className={parts.hint}>{text('throughput.range.hint')}</span>
            )}
          </div>
        </div>
        {duration_s && <Quantiles answer={answer} />}
      </div>
    </Card>
  );
}

const QUANTILES = [
  ['throughput.min', 'min'],
  ['throughput.p25', 'p25'],
  ['throughput.median', 'median'],
  ['throughput.p75', 'p75'],
  ['throughput.p90', 'p90'],
  ['throughput.p95', 'p95'],
  ['throughput.max', 'max'],
  ['throughput.mean', 'mean'],
  ['throughput.deviation', 'standard_deviation'],
] as const;

function Quantiles({ answer }: { answer: ThroughputOfVersion }) {
  const text = useText();
  const format = useFormats();
  const { duration_s, method } = answer.throughput;
  return (
    <div className={styles.quantiles}>
      <table aria-label={text('throughput.quantiles')}>
        <tbody>
          {QUANTILES.map(([key, name]) => {
            const value = duration_s?.[name];
            return (
              typeof value === 'number' && (
                <tr key={name} data-strong={name === 'median' || undefined}>
                  <th scope="row">{text(key)}</th>
                  <td>{format.duration(value)}</td>
                </tr>
              )
            );
          })}
        </tbody>
      </table>
      {method === 'histogram' && <p className={parts.hint}>{text('explore.approximate')}</p>}
    </div>
  );
}

interface BinTableProps {
  bins: DurationBin[];
  completed: number;
  /** Whether there is a filter for the cases of a bin. */
  mayFilter: boolean;
}

function BinTable({ bins, completed, mayFilter }: BinTableProps) {
  const text = useText();
  const format = useFormats();
  return (
    <SortedTable
      label={text('throughput.durations')}
      file={text('throughput.durations')}
      rows={bins}
      rowKey={(bin) => String(bin.from_s)}
      columns={[
        {
          key: 'from',
          name: text('throughput.bin.from'),
          kind: 'number',
          value: (bin) => bin.from_s,
          show: (bin) => format.duration(bin.from_s),
        },
        {
          key: 'to',
          name: text('throughput.bin.to'),
          kind: 'number',
          value: (bin) => bin.to_s,
          show: (bin) => format.duration(bin.to_s),
        },
        {
          key: 'cases',
          name: text('throughput.cases'),
          kind: 'number',
          value: (bin) => bin.cases,
          show: (bin) =>
            mayFilter && bin.cases > 0 ? (
              <CasesLink and={[takesBetween(bin.from_s, bin.to_s)]}>
                {format.number(bin.cases, 0)}
              </CasesLink>
            ) : (
              format.number(bin.cases, 0)
            ),
        },
        {
          key: 'share',
          name: text('throughput.share'),
          kind: 'number',
          value: (bin) => bin.cases / Math.max(1, completed),
          show: (bin) => format.percent(bin.cases / Math.max(1, completed)),
        },
      ]}
    />
  );
}

/** The marked range, as far as it lies on these bins. */
function rangeOf({ from, to }: ThroughputSearch, bins: DurationBin[]): Range | null {
  const [first, last] = [bins[0], bins[bins.length - 1]];
  if (from === undefined || to === undefined || !first || !last) return null;
  const range = { from: Math.max(from, first.from_s), to: Math.min(to, last.to_s) };
  return range.from < range.to ? range : null;
}

function mark(key: 'throughput.median' | 'throughput.p90', at: number) {
  return { key, at };
}
