// What every page about a log has around its pictures: the version, the filters, title and states.
import type { UseQueryResult } from '@tanstack/react-query';
import { Info } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { ScopeAnswer } from '../../api/analysis';
import { failureOf } from '../../api/problem';
import type { Log, Version } from '../../api/types';
import { addressWords } from '../../filters/addressWords';
import { Late } from '../../shell/Late';
import { useText } from '../../text/useText';
import { type Looked, LookedAt } from '../log/looked';
import { NoMatch } from '../log/NoMatch';
import { PlaceFailure } from '../log/PlaceFailure';
import { Printed } from '../log/Printed';
import progress from '../log/Progress.module.css';
import { type CasesOfPage, PageCases } from './CasesLink';
import styles from './LogFrame.module.css';
import { PlaceFilters } from './PlaceFilters';
import { Skeleton } from './Skeleton';
import type { LogSearch } from './search';

interface LogFrameProps<T extends { context: ScopeAnswer }> {
  log: Log;
  version: Version;
  title: string;
  /** What the page says in one sentence. */
  summary?: (answer: T) => ReactNode;
  /** What is to be said about the version. */
  note: ReactNode;
  /** Words of the address that made no sense. */
  ignored: string[];
  query: UseQueryResult<T>;
  search: LogSearch;
  filters: unknown[];
  /** What else the cases are that the page leads to. */
  more?: unknown[];
  /** What can be chosen for the whole page. */
  controls?: ReactNode;
  /** It is known what can be chosen: what stands below it does not move any more. */
  isReady?: boolean;
  /** Uses the height of the window instead of scrolling. */
  isTall?: boolean;
  children: (answer: T) => ReactNode;
}

const NOTHING: unknown[] = [];

export function LogFrame<T extends { context: ScopeAnswer }>({
  log,
  version,
  title,
  summary,
  note,
  ignored,
  query,
  search,
  filters,
  more = NOTHING,
  controls,
  isReady = true,
  isTall,
  children,
}: LogFrameProps<T>) {
  const text = useText();
  const { data, error, isFetching } = query;
  const looked = useMemo(
    (): Looked => ({ log, version, scope: data?.context, filters }),
    [log, version, data, filters],
  );
  const cases = useMemo(
    (): CasesOfPage => ({ log: log.id, version: search.version, filters: [...filters, ...more] }),
    [log.id, search.version, filters, more],
  );
  const isSaid = data !== undefined && isReady;
  return (
    <PageCases value={cases}>
      {note}
      <PlaceFilters log={log} version={version} />
      {data && isFetching && (
        <div
          className={`${progress.line} ${styles.progress}`}
          role="progressbar"
          aria-label={text('state.loading')}
        />
      )}
      <div className={isTall ? styles.tall : styles.page}>
        <header className={styles.head}>
          <div className={styles.words}>
            <h1 className={styles.title}>{title}</h1>
            {summary && (!data || data.context.size.cases > 0) && (
              <p className={styles.summary} data-empty={!isSaid || undefined}>
                {isSaid ? summary(data) : '\u00a0'}
              </p>
            )}
          </div>
          <Printed {...looked} />
          {controls && <div className={`${styles.controls} not-printed`}>{controls}</div>}
        </header>
        {ignored.length > 0 && <Ignored words={ignored} />}
        {error && (
          <PlaceFailure
            failure={failureOf(error)}
            {...{ filters }}
            log={log.id}
            version={version.id}
            onRetry={() => void query.refetch()}
          />
        )}
        {data && isReady ? (
          <div className={styles.content} data-busy={isFetching}>
            {data.context.size.cases === 0 ? (
              <NoMatch log={log.id} version={version.id} />
            ) : (
              <LookedAt value={looked}>{children(data)}</LookedAt>
            )}
          </div>
        ) : (
          !error &&
          isReady && (
            <Late>
              <Skeleton />
            </Late>
          )
        )}
      </div>
    </PageCases>
  );
}

function Ignored({ words }: { words: string[] }) {
  const text = useText();
  return (
    <p className={styles.ignored} role="status">
      <Info size={14} aria-hidden />
      {text('explore.ignored', {
        words: addressWords(words, text).join(', '),
        count: words.length,
      })}
    </p>
  );
}
