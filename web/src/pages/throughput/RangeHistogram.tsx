// How times are distributed: a histogram with its figures, and the cases of a range that is drawn.
import { Button } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type {
  DurationBin,
  DurationFigures,
  ThroughputAnswer,
  ThroughputOfVersion,
} from '../../api/throughput';
import { useFormats } from '../../format';
import { Histogram } from '../../pictures/chart/Histogram';
import type { Range } from '../../pictures/chart/range';
import { useText } from '../../text/useText';
import { BinTable } from '../explore/BinTable';
import { casesIn } from '../explore/bins';
import { CasesLink } from '../explore/CasesLink';
import { type Filter, withFilter } from '../explore/filters';
import parts from '../explore/Parts.module.css';
import { axisWords, useDuration } from '../explore/useDuration';
import { useSize } from '../explore/useSize';
import type { ThroughputSearch } from './search';
import styles from './Throughput.module.css';

/** What a sentence says of cases. */
type Said<Part extends string> = { cases: number } & Record<Part, string>;

/** What a card is given that shows times of cases. */
export interface TimesCardProps {
  answer: ThroughputOfVersion;
  search: ThroughputSearch;
  /** The activities that end a case; its last event does without any. */
  ends: string[];
  filters: unknown[];
  isTable: boolean;
  onTable: (isTable: boolean) => void;
  onSearch: (change: Partial<ThroughputSearch>, how?: { replace?: boolean }) => void;
  onFilters: (filters: unknown[]) => void;
}

interface RangeHistogramProps {
  bins: DurationBin[];
  figures: DurationFigures;
  method: ThroughputAnswer['method'];
  /** The target in seconds, where there is one. */
  target?: number | undefined;
  /** How many cases are distributed. */
  count: number;
  isTable: boolean;
  /** The range that the address marks. */
  marked: Range | null;
  onMark: (range: Range | null) => void;
  /** The cases of a range. */
  filterOf: (range: Range) => Filter;
  filters: unknown[];
  onFilters: (filters: unknown[]) => void;
  words: {
    title: string;
    quantiles: string;
    /** The distribution in a sentence, also where all are the same. */
    summary: (said: Said<'median' | 'p25' | 'p75' | 'max'>, isSame: boolean) => string;
    /** So many cases in a range. */
    inRange: (said: Said<'from' | 'to' | 'share'>) => string;
  };
}

export function RangeHistogram(props: RangeHistogramProps) {
  const { bins, figures, target, count, isTable, onMark, filterOf, filters, onFilters, words } =
    props;
  const text = useText();
  const format = useFormats();
  const write = useDuration(bins);
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const [pointed, setPointed] = useState<DurationBin | null>(null);
  const range = rangeOn(bins, props.marked);
  const marks = useMemo(
    () => [
      { key: 'throughput.median' as const, at: figures.median },
      { key: 'throughput.p90' as const, at: figures.p90 },
      // A target beyond the picture has no line in it.
      ...(isOn(bins, target) ? [{ key: 'throughput.target' as const, at: target }] : []),
    ],
    [figures, bins, target],
  );
  const said = (of: Range) => {
    const cases = casesIn(bins, of);
    const share = format.percent(cases / Math.max(1, count), 1);
    return words.inRange({ cases, from: write(of.from), to: write(of.to), share });
  };
  return (
    <div className={styles.columns}>
      <div ref={frame} className={styles.picture}>
        {isTable ? (
          <BinTable
            bins={bins}
            title={words.title}
            words={{
              from: text('throughput.bin.from'),
              to: text('throughput.bin.to'),
              count: text('throughput.cases'),
            }}
            casesOf={(of) => [filterOf(of)]}
            more={[
              {
                key: 'share',
                name: text('throughput.share'),
                kind: 'share',
                value: (bin) => bin.cases / Math.max(1, count),
              },
            ]}
          />
        ) : (
          width > 0 && (
            <Histogram
              bins={bins}
              width={width}
              marks={marks.map(({ key, at }) => ({
                at,
                label: text('throughput.mark', { name: text(key), value: write(at) }),
              }))}
              range={range}
              onRange={onMark}
              onPoint={setPointed}
              words={{
                summary: words.summary(
                  {
                    cases: count,
                    median: format.duration(figures.median),
                    p25: format.duration(figures.p25),
                    p75: format.duration(figures.p75),
                    max: format.duration(figures.max),
                  },
                  figures.min === figures.max,
                ),
                from: text('throughput.range.from'),
                to: text('throughput.range.to'),
                ...axisWords(format),
              }}
            />
          )
        )}
        <div className={`${parts.readout} ${range ? '' : 'not-printed'}`} aria-live="polite">
          {range ? (
            <>
              <span>{said(range)}</span>
              <span className={`${parts.buttons} not-printed`}>
                <Button
                  size="compact-xs"
                  onClick={() => onFilters(withFilter(filters, filterOf(range)))}
                >
                  {text('explore.keep')}
                </Button>
                <CasesLink and={[filterOf(range)]}>{text('explore.show')}</CasesLink>
                <Button size="compact-xs" variant="subtle" onClick={() => onMark(null)}>
                  {text('explore.unmark')}
                </Button>
              </span>
            </>
          ) : pointed ? (
            <span aria-hidden>{said({ from: pointed.from_s, to: pointed.to_s })}</span>
          ) : (
            !isTable && <span className={parts.hint}>{text('throughput.range.hint')}</span>
          )}
        </div>
      </div>
      <Quantiles figures={figures} name={words.quantiles} method={props.method} />
    </div>
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

interface QuantilesProps {
  figures: DurationFigures;
  /** What is distributed. */
  name: string;
  method: ThroughputAnswer['method'];
}

function Quantiles({ figures, name, method }: QuantilesProps) {
  const text = useText();
  const format = useFormats();
  return (
    <div className={styles.quantiles}>
      <table aria-label={name}>
        <tbody>
          {QUANTILES.map(([key, field]) => {
            const value = figures[field];
            return (
              typeof value === 'number' && (
                <tr key={field} data-strong={field === 'median' || undefined}>
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

/** The marked range, as far as it lies on these bins. */
function rangeOn(bins: DurationBin[], wanted: Range | null): Range | null {
  const [first, last] = [bins[0], bins[bins.length - 1]];
  if (!wanted || !first || !last) return null;
  const range = { from: Math.max(wanted.from, first.from_s), to: Math.min(wanted.to, last.to_s) };
  return range.from < range.to ? range : null;
}

function isOn(bins: DurationBin[], at: number | undefined): at is number {
  const [first, last] = [bins[0], bins.at(-1)];
  return at !== undefined && !!first && !!last && first.from_s <= at && at <= last.to_s;
}
