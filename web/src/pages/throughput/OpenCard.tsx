// The cases that have not ended: how many, how old they are, and the oldest of them.
import type { ThroughputOfVersion } from '../../api/throughput';
import { useFormats } from '../../format';
import { useRichText, useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CaseLink, CasesLink } from '../explore/CasesLink';
import { isOpenBetween, lacksAll } from '../explore/filters';
import parts from '../explore/Parts.module.css';
import { RangeHistogram } from './RangeHistogram';
import type { ThroughputSearch } from './search';
import styles from './Throughput.module.css';

interface OpenCardProps {
  answer: ThroughputOfVersion;
  search: ThroughputSearch;
  ends: string[];
  filters: unknown[];
  isTable: boolean;
  onTable: (isTable: boolean) => void;
  onSearch: (change: Partial<ThroughputSearch>, how?: { replace?: boolean }) => void;
  onFilters: (filters: unknown[]) => void;
}

export function OpenCard(props: OpenCardProps) {
  const { answer, search, ends, filters, isTable, onTable, onSearch, onFilters } = props;
  const text = useText();
  const rich = useRichText();
  const format = useFormats(answer.context.timeZone);
  const { open: count, cases, open_age_s: figures, open_ages: ages, method } = answer.throughput;
  const { open } = answer;
  const asOf = answer.context.asOf ? format.date(answer.context.asOf) : '–';
  if (!open) {
    return (
      <Card title={text('throughput.open.title')} isPlain>
        <p className={parts.hint}>{text('throughput.open.undeclared')}</p>
      </Card>
    );
  }
  const { ageFrom, ageTo } = search;
  return (
    <Card
      title={text('throughput.open.title')}
      coverage={rich('throughput.open.coverage', {
        count,
        cases,
        share: format.percent(cases === 0 ? 0 : count / cases),
        asOf,
        link: (words) => (
          <CasesLink key="open" and={[lacksAll(ends)]}>
            {words}
          </CasesLink>
        ),
      })}
      isPlain={count === 0}
      {...(count > 0 ? { isTable, onTable } : {})}
    >
      {figures && (
        <>
          <p className={styles.caption}>{text('throughput.ages')}</p>
          <RangeHistogram
            {...{ figures, method, isTable, filters, onFilters }}
            bins={ages ?? []}
            count={count}
            marked={
              ageFrom !== undefined && ageTo !== undefined ? { from: ageFrom, to: ageTo } : null
            }
            onMark={(range) =>
              onSearch({ ageFrom: range?.from, ageTo: range?.to }, { replace: true })
            }
            filterOf={(range) => isOpenBetween(range.from, range.to, ends)}
            words={{
              title: text('throughput.ages'),
              quantiles: text('throughput.ages.quantiles'),
              summary: text('throughput.ages.summary', {
                cases: count,
                median: format.duration(figures.median),
                p25: format.duration(figures.p25),
                p75: format.duration(figures.p75),
                max: format.duration(figures.max),
              }),
              inRange: (found, low, high, share) =>
                text('throughput.ages.range', { cases: found, from: low, to: high, share }),
            }}
          />
          <p className={styles.oldest}>
            <span>{text('throughput.open.oldest')}</span>
            {open.oldest.map((one) => (
              <span key={one.case}>
                <CaseLink id={one.case} /> {one.start ? format.date(one.start) : '–'}
              </span>
            ))}
          </p>
        </>
      )}
    </Card>
  );
}
