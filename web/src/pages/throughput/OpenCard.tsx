// The cases that have not ended: how many, how old they are, and the oldest of them.
import { useFormats } from '../../format';
import { useRichText, useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CaseLink, CasesLink } from '../explore/CasesLink';
import { isOpenBetween, lacksAll } from '../explore/filters';
import parts from '../explore/Parts.module.css';
import { RangeHistogram, type TimesCardProps } from './RangeHistogram';
import styles from './Throughput.module.css';

export function OpenCard(props: TimesCardProps) {
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
              summary: (said, isSame) =>
                text(isSame ? 'throughput.ages.same' : 'throughput.ages.summary', said),
              inRange: (said) => text('throughput.ages.range', said),
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
