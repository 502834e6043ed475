// How good the data of a version are, and what can be computed with them. Both are about all cases:
// the filters of other pages wait in the address.

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { failureOf } from '../../api/problem';
import { coverageQuery, qualityQuery } from '../../api/quality';
import { IgnoredNote } from '../../filters/IgnoredNote';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import { useText } from '../../text/useText';
import { type CasesOfPage, PageCases } from '../explore/CasesLink';
import { Skeleton } from '../explore/Skeleton';
import type { LogViewProps } from '../explore/view';
import { Figures } from './Figures';
import styles from './Quality.module.css';
import { Rules } from './Rules';
import { type QualitySearch, TABS } from './search';

export function QualityView({ log, version, note, search, onSearch }: LogViewProps<QualitySearch>) {
  const text = useText();
  const tab = search.tab ?? 'rules';
  const which = { log: log.id, version: version.number };
  const quality = useQuery({ ...qualityQuery(which), enabled: tab === 'rules' });
  const coverage = useQuery({
    ...coverageQuery(which, search.template),
    enabled: tab === 'figures',
  });
  const asked = tab === 'rules' ? quality : coverage;
  const cases = useMemo(
    (): CasesOfPage => ({ log: log.id, version: search.version, filters: [] }),
    [log.id, search.version],
  );
  return (
    <PageCases value={cases}>
      {note}
      <div className={styles.page} data-busy={asked.isFetching}>
        <header className={styles.head}>
          <div>
            <h1 className={styles.title}>{text('quality.title')}</h1>
            <p className={styles.muted}>
              {text('quality.about', { cases: version.cases, events: version.events })}
              {(search.filters?.length ?? 0) > 0 && ` ${text('quality.unfiltered')}`}
            </p>
            <IgnoredNote />
          </div>
          <fieldset className={`${styles.tabs} not-printed`} aria-label={text('quality.title')}>
            {TABS.map((one) => (
              <button
                key={one}
                type="button"
                className={styles.tab}
                aria-pressed={one === tab}
                onClick={() => onSearch({ tab: one === 'rules' ? undefined : one })}
              >
                {text(`quality.tab.${one}`)}
              </button>
            ))}
          </fieldset>
        </header>
        {asked.error && (
          <FailureView failure={failureOf(asked.error)} onRetry={() => void asked.refetch()} />
        )}
        <Shown isWaiting={asked.isPending && !asked.error}>
          {tab === 'rules' && quality.data && <Rules which={which} found={quality.data} />}
          {tab === 'figures' && coverage.data && (
            <Figures
              found={coverage.data}
              template={search.template}
              onTemplate={(template) => onSearch({ template }, { replace: true })}
            />
          )}
        </Shown>
      </div>
    </PageCases>
  );
}

function Shown({ isWaiting, children }: { isWaiting: boolean; children: ReactNode }) {
  if (!isWaiting) return children;
  return (
    <Late>
      <Skeleton />
    </Late>
  );
}
