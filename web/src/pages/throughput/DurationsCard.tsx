// How long cases take: all that have ended, and the cases of a range of durations.
import { lazy, Suspense, useState } from 'react';
import { needTexts } from '../../text/catalogue';
import { useRichText, useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CasesLink } from '../explore/CasesLink';
import { takesBetween } from '../explore/filters';
import { RangeHistogram, type TimesCardProps } from './RangeHistogram';

/** With its words; the durations do not wait for it. */
const CaseTarget = lazy(async () => {
  const [{ CaseTarget }] = await Promise.all([
    import('../targets/CaseTarget'),
    needTexts('targets'),
  ]);
  return { default: CaseTarget };
});

interface DurationsCardProps extends TimesCardProps {
  log: number;
  version: string;
}

export function DurationsCard(props: DurationsCardProps) {
  const { log, version, answer, search, ends, filters, isTable, onTable, onSearch, onFilters } =
    props;
  const text = useText();
  const rich = useRichText();
  const { cases, completed, duration_s: figures, histogram, method } = answer.throughput;
  const { day_durations: days } = answer.throughput;
  const { from, to } = search;
  const [target, setTarget] = useState<number>();
  return (
    <Card
      title={text('throughput.durations')}
      coverage={
        <>
          {rich(ends.length === 0 ? 'throughput.coverage.last' : 'throughput.coverage', {
            used: completed,
            eligible: cases,
            link: (parts) => <CasesLink key="cases">{parts}</CasesLink>,
          })}
          {days ? ` · ${text('precision.durations', { days, all: completed })}` : ''}
        </>
      }
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
            summary: (said, isSame) =>
              text(isSame ? 'throughput.durations.same' : 'throughput.durations.summary', said),
            inRange: (said) => text('throughput.range', said),
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
