// How long cases take: all that have ended, and the cases of a range of durations.
import { lazy, Suspense, useState } from 'react';
import type { ThroughputOfVersion } from '../../api/throughput';
import { useFormats } from '../../format';
import { needTexts } from '../../text/catalogue';
import { useRichText, useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CasesLink } from '../explore/CasesLink';
import { takesBetween } from '../explore/filters';
import { RangeHistogram } from './RangeHistogram';
import type { ThroughputSearch } from './search';

/** With its words; the durations do not wait for it. */
const CaseTarget = lazy(async () => {
  const [{ CaseTarget }] = await Promise.all([
    import('../targets/CaseTarget'),
    needTexts('targets'),
  ]);
  return { default: CaseTarget };
});

interface DurationsCardProps {
  log: number;
  version: string;
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

export function DurationsCard(props: DurationsCardProps) {
  const { log, version, answer, search, ends, filters, isTable, onTable, onSearch, onFilters } =
    props;
  const text = useText();
  const rich = useRichText();
  const format = useFormats();
  const { cases, completed, duration_s: figures, histogram, method } = answer.throughput;
  const { from, to } = search;
  const [target, setTarget] = useState<number>();
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
      {figures && (
        <RangeHistogram
          {...{ figures, method, isTable, filters, onFilters }}
          bins={histogram}
          target={target}
          count={completed}
          marked={from !== undefined && to !== undefined ? { from, to } : null}
          onMark={(range) => onSearch({ from: range?.from, to: range?.to }, { replace: true })}
          filterOf={(range) => takesBetween(range.from, range.to, ends)}
          words={{
            title: text('throughput.durations'),
            quantiles: text('throughput.quantiles'),
            summary: text('throughput.durations.summary', {
              cases: completed,
              median: format.duration(figures.median),
              p25: format.duration(figures.p25),
              p75: format.duration(figures.p75),
              max: format.duration(figures.max),
            }),
            inRange: (count, low, high, share) =>
              text('throughput.range', { cases: count, from: low, to: high, share }),
          }}
        />
      )}
      <Suspense>
        <CaseTarget
          {...{ log, version, filters, ends, onFilters }}
          usual={figures}
          onTime={setTarget}
        />
      </Suspense>
    </Card>
  );
}
