// How far the cases of each period come: a row for each, a column for each stage.
import { useMemo } from 'react';
import type { FunnelCohort, FunnelOfVersion } from '../../api/funnel';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CasesLink, PageCases, useCasesOfPage } from '../explore/CasesLink';
import { inPeriod, withFilter } from '../explore/filters';
import { type Column, SortedTable } from '../explore/SortedTable';
import { usePeriodName } from '../explore/usePeriodName';
import { CountLink } from './CountLink';
import styles from './Funnel.module.css';
import type { FunnelViewProps } from './FunnelView';
import { type Funnel, openSomewhere } from './places';
import type { FunnelSearch } from './search';

interface CohortsCardProps {
  answer: FunnelOfVersion;
  /** The stages and their order. */
  shown: Funnel;
  ends: string[];
  search: FunnelSearch;
  filters: unknown[];
  onSearch: FunnelViewProps['onSearch'];
}

export function CohortsCard(props: CohortsCardProps) {
  const { answer, shown, ends, search, filters, onSearch } = props;
  const text = useText();
  const format = useFormats();
  const length = search.length ?? 'month';
  const nameOf = usePeriodName(length);
  const { cohorts, funnel } = answer;
  const hasOpen = cohorts.some((one) => typeof one.stages[0]?.furthest_open === 'number');
  const columns = useMemo((): Column<FunnelCohort>[] => {
    const percent = (value: number | null | undefined) =>
      value === null || value === undefined ? '–' : format.percent(value, 0);
    const open = (one: FunnelCohort) =>
      one.stages.reduce((sum, stage) => sum + (stage.furthest_open ?? 0), 0);
    return [
      {
        key: 'date',
        name: text('funnel.cohorts.period'),
        kind: 'name',
        value: (one) => one.date,
        show: (one) => (
          <button
            type="button"
            className={styles.link}
            aria-pressed={one.date === search.cohort}
            title={text('funnel.cohorts.choose', { period: nameOf(one.date) })}
            onClick={() =>
              onSearch({
                cohort: one.date === search.cohort ? undefined : one.date,
                against: undefined,
              })
            }
          >
            {nameOf(one.date)}
          </button>
        ),
      },
      {
        key: 'cases',
        name: text('funnel.cohorts.started'),
        kind: 'count',
        value: (one) => one.cases,
        show: (one, written) =>
          one.cases > 0 ? (
            <CasesLink
              and={[inPeriod('starts', one.date, length)]}
              label={text('explore.casesOf', { count: one.cases, name: nameOf(one.date) })}
            >
              {written}
            </CasesLink>
          ) : (
            0
          ),
      },
      ...(hasOpen
        ? [
            {
              key: 'open',
              name: text('funnel.open'),
              kind: 'count' as const,
              value: open,
              show: (one: FunnelCohort) => (
                <CountLink
                  count={open(one)}
                  and={[inPeriod('starts', one.date, length), ...openSomewhere(shown, ends)]}
                  name={`${nameOf(one.date)}, ${text('funnel.open')}`}
                />
              ),
            },
          ]
        : []),
      ...funnel.stages.map((stage, idx): Column<FunnelCohort> => {
        const share = (one: FunnelCohort) => one.stages[idx]?.from_start ?? null;
        return {
          key: `stage ${stage.stage}`,
          name: stage.stage,
          kind: 'number',
          value: share,
          show: (one) => (
            <span className={styles.cell} style={{ '--share': share(one) ?? 0 } as never}>
              {percent(share(one))}
            </span>
          ),
        };
      }),
    ];
  }, [text, format, nameOf, funnel.stages, shown, ends, search.cohort, length, hasOpen, onSearch]);
  const title = text('funnel.cohorts', { length });
  const period = search.cohort && inPeriod('starts', search.cohort, length);
  const page = useCasesOfPage();
  return (
    <Card title={title} coverage={text('funnel.cohorts.hint', { order: funnel.order })}>
      {/* A row is a period of its own, whichever the picture shows. */}
      <PageCases value={page && { ...page, filters }}>
        <div className={styles.cohorts}>
          <SortedTable
            label={title}
            file={title}
            rows={cohorts}
            rowKey={(one) => one.date}
            columns={columns}
            isSelected={(one) => one.date === search.cohort}
          />
        </div>
      </PageCases>
      {period && search.cohort && (
        <p className={`${styles.buttons} not-printed`}>
          <CasesLink>{text('explore.show')}</CasesLink>
          <button
            type="button"
            className={styles.link}
            onClick={() =>
              onSearch({
                filters: withFilter(filters, period),
                cohort: undefined,
                against: undefined,
              })
            }
          >
            {text('explore.keep')}
          </button>
        </p>
      )}
    </Card>
  );
}
