// Two groups of cases beside each other: which they are, their figures, their maps and differences.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import { type ComparisonOfVersion, comparisonQuery } from '../../api/comparison';
import { says } from '../../filters/says';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { LogFrame } from '../explore/LogFrame';
import type { LogViewProps } from '../explore/view';
import styles from './Compare.module.css';
import { Compared } from './Compared';
import { SideBars } from './SideBars';
import { EmptySide, Notes } from './States';
import type { CompareSearch } from './search';
import { isChosen, type Sides, sidesOf } from './sides';

/** Loaded until there is something to compare. */
const Start = lazy(async () => ({ default: (await import('./Start')).Start }));

type CompareViewProps = LogViewProps<CompareSearch>;

export function CompareView({ log, version, note, search, onSearch }: CompareViewProps) {
  const text = useText();
  const filters = useMemo(() => search.filters ?? [], [search.filters]);
  const { a, aPaused, b, bPaused } = search;
  const sides = useMemo(() => sidesOf({ a, aPaused, b, bPaused }), [a, aPaused, b, bPaused]);
  const query = useQuery({
    ...comparisonQuery({ version: version.id, filters, ...sides }),
    placeholderData: keepPreviousData,
  });
  const bars = (
    <SideBars
      {...{ log, version, search, onSearch }}
      answer={query.isPlaceholderData ? undefined : query.data?.comparison}
      common={filters}
    />
  );
  return (
    <LogFrame
      {...{ log, version, note, query, search, filters }}
      title={text('compare.title')}
      summary={(answer) => <Summary answer={answer} sides={sides} />}
      ignored={[]}
      onFilters={(next) => onSearch({ filters: next.length > 0 ? next : undefined })}
      controls={bars}
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
            <Notes comparison={comparison} isRest={sides.b === undefined} />
            <Compared {...{ log, version, search, onSearch, sides, comparison }} />
          </>
        );
      }}
    </LogFrame>
  );
}

/** Which cases are compared, for a reader who has only the page. */
function Summary({ answer, sides }: { answer: ComparisonOfVersion; sides: Sides }) {
  const text = useText();
  const names = useSideNames(sides);
  const { comparison } = answer;
  if (!comparison) return text('compare.summary.start');
  const said = { ...names, casesA: comparison.a.cases, casesB: comparison.b.cases };
  // On the screen the bars of both sides say it.
  return <span className={styles.onPaper}>{text('compare.summary', said)}</span>;
}

/** What each side is, in words. */
export function useSideNames({ a, b }: Sides): { a: string; b: string } {
  const text = useText();
  const format = useFormats();
  return useMemo(() => {
    const name = (filters: Sides['a']) =>
      filters.length === 0
        ? text('compare.all')
        : format.list(filters.map((filter) => says(filter, text, format)));
    return { a: name(a), b: b ? name(b) : text('compare.rest') };
  }, [a, b, text, format]);
}
