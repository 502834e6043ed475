// Two groups of cases beside each other: which they are, their figures, their maps and differences.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import { type ComparisonOfVersion, comparisonQuery } from '../../api/comparison';
import { versionsQuery } from '../../api/logs';
import type { Log, Version } from '../../api/types';
import { says } from '../../filters/says';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { LogFrame } from '../explore/LogFrame';
import type { LogViewProps } from '../explore/view';
import styles from './Compare.module.css';
import { Compared } from './Compared';
import { EmptySide } from './EmptySide';
import { SideBars } from './SideBars';
import { Notes } from './States';
import type { CompareSearch } from './search';
import { isChosen, type Sides, sidesOf } from './sides';
import { useRecentCases } from './useRecentCases';

/** Loaded until there is something to compare. */
const Start = lazy(async () => ({ default: (await import('./Start')).Start }));

type CompareViewProps = LogViewProps<CompareSearch>;

export function CompareView({ log, version, note, onSearch, ...props }: CompareViewProps) {
  const text = useText();
  const { search, versions, isKnown, unknown } = useVersions(log, version, props.search);
  const filters = useMemo(() => search.filters ?? [], [search.filters]);
  const { a, aPaused, b, bPaused, against } = search;
  const sides = useMemo(
    () => sidesOf({ a, aPaused, b, bPaused, against }),
    [a, aPaused, b, bPaused, against],
  );
  const query = useQuery({
    ...comparisonQuery({ version: version.id, filters, ...sides }),
    enabled: isKnown,
    placeholderData: keepPreviousData,
  });
  const recent = useRecentCases(version, filters, sides);
  const bars = (
    <SideBars
      {...{ log, version, search, onSearch, versions }}
      answer={query.isPlaceholderData ? undefined : query.data?.comparison}
      common={filters}
    />
  );
  return (
    <LogFrame
      {...{ log, version, note, query, search, filters }}
      title={text('compare.title')}
      summary={(answer) => <Summary {...{ answer, sides, version }} />}
      ignored={unknown}
      controls={bars}
      isReady={recent !== undefined}
      isTall
    >
      {({ comparison }) => {
        if (!comparison || !isChosen(sides)) {
          return (
            <Suspense>
              <Start {...{ log, version, search, onSearch }} />
            </Suspense>
          );
        }
        if (comparison.a.cases === 0 || comparison.b.cases === 0) {
          return <EmptySide {...{ comparison, sides, search, onSearch }} />;
        }
        return (
          <>
            <Notes {...{ comparison, recent }} isRest={sides.b === undefined} />
            <Compared {...{ log, version, search, onSearch, sides, comparison }} />
          </>
        );
      }}
    </LogFrame>
  );
}

const NO_VERSIONS: Version[] = [];

/** The versions of the log, and the address without one that is not there any more. */
function useVersions(log: Log, version: Version, search: CompareSearch) {
  const hasSeveral = log.version_count > 1;
  const { data, isError } = useQuery({ ...versionsQuery(log.id), enabled: hasSeveral });
  const { against } = search;
  const isKnown = against === undefined || data !== undefined || isError || !hasSeveral;
  const isThere = data?.some((one) => one.number === against) ?? isError;
  const isUsed = against !== undefined && against !== version.number && isThere;
  return useMemo(
    () => ({
      search: isUsed || against === undefined ? search : { ...search, against: undefined },
      versions: data ?? NO_VERSIONS,
      isKnown,
      unknown: against !== undefined && isKnown && !isThere ? ['against'] : [],
    }),
    [search, against, data, isKnown, isThere, isUsed],
  );
}

interface SummaryProps {
  answer: ComparisonOfVersion;
  sides: Sides;
  version: Version;
}

/** Which cases are compared, for a reader who has only the page. */
function Summary({ answer, sides, version }: SummaryProps) {
  const text = useText();
  const names = useSideNames(sides, version);
  const { comparison } = answer;
  if (!comparison) return text('compare.summary.start');
  const said = { ...names, casesA: comparison.a.cases, casesB: comparison.b.cases };
  // On the screen the bars of both sides say it.
  return <span className={styles.onPaper}>{text('compare.summary', said)}</span>;
}

/** What each side is, in words. */
export function useSideNames({ a, b, against }: Sides, version: Version) {
  const text = useText();
  const format = useFormats();
  return useMemo(() => {
    const name = (filters: Sides['a']) =>
      filters.length === 0
        ? text('compare.all')
        : format.list(filters.map((filter) => says(filter, text, format)));
    const names = { a: name(a), b: b ? name(b) : text('compare.rest') };
    if (against === undefined) return names;
    const ofVersion = (name: string, number: number) =>
      text('compare.ofVersion', { name, number: String(number) });
    return { a: ofVersion(names.a, version.number), b: ofVersion(names.b, against) };
  }, [a, b, against, version.number, text, format]);
}
