// How cases come from stage to stage: how many go on, how long it takes, where they stop.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { type FunnelOfVersion, funnelQuery, stageSourceQuery } from '../../api/funnel';
import { schemaQuery } from '../../api/logs';
import { useFormats } from '../../format';
import { useRichText, useText } from '../../text/useText';
import { CasesLink } from '../explore/CasesLink';
import { inPeriod, lacksAll } from '../explore/filters';
import { LogFrame } from '../explore/LogFrame';
import type { LogViewProps } from '../explore/view';
import { CohortsCard } from './CohortsCard';
import { Controls } from './Controls';
import { PictureCard } from './PictureCard';
import { type Funnel, hasAny } from './places';
import { ReturnsCard } from './ReturnsCard';
import { StagesCard } from './StagesCard';
import { type FunnelSearch, understood } from './search';

export type FunnelViewProps = LogViewProps<FunnelSearch>;

const NOTHING: never[] = [];

export function FunnelView({ log, version, note, search, onSearch }: FunnelViewProps) {
  const text = useText();
  const filters = useMemo(() => search.filters ?? NOTHING, [search.filters]);
  const groups = useMemo(() => filters.filter(isGroup), [filters]);
  const schema = useQuery(schemaQuery(log.id, version.number));
  const source = useQuery({
    ...stageSourceQuery(version.id, groups),
    placeholderData: keepPreviousData,
  });
  const known = useMemo(
    () =>
      schema.data && source.data
        ? understood(search, schema.data, source.data.activities)
        : { search, unknown: [] },
    [search, schema.data, source.data],
  );
  const { ends = NOTHING, value, length = 'month', cohort, against, order } = known.search;
  const stages = known.search.stages ?? source.data?.starting ?? NOTHING;
  const chosen = cohort && inPeriod('starts', cohort, length);
  const earlier = chosen && against && inPeriod('starts', against, length);
  const isReady = source.data !== undefined && (schema.data !== undefined || schema.error !== null);
  const query = useQuery({
    ...funnelQuery({
      version: version.id,
      filters,
      stages,
      order: order ?? 'strict',
      ends,
      value,
      length,
      ...(chosen ? { chosen } : {}),
      ...(earlier ? { earlier } : {}),
    }),
    enabled: isReady && stages.length > 0,
    placeholderData: keepPreviousData,
  });
  const shown = source.error ? { ...query, error: source.error, refetch: source.refetch } : query;
  const funnel = useMemo((): Funnel => ({ stages, order: order ?? 'strict' }), [stages, order]);
  const more = useMemo(
    () => (cohort ? [inPeriod('starts', cohort, length)] : NOTHING),
    [cohort, length],
  );
  const onFilters = (next: unknown[]) => onSearch({ filters: next.length > 0 ? next : undefined });
  return (
    <LogFrame
      {...{ log, version, search, filters, more }}
      title={text('funnel.title')}
      summary={(answer) => <Summary answer={answer} ends={ends} />}
      note={note}
      ignored={known.unknown}
      query={shown as typeof query}
      isReady={!schema.isPending && !source.isPending}
      controls={
        schema.data &&
        source.data && (
          <Controls
            search={known.search}
            schema={schema.data}
            activities={source.data.activities}
            cohorts={query.data?.cohorts ?? NOTHING}
            onSearch={onSearch}
          />
        )
      }
    >
      {(answer) => {
        const parts = { answer, funnel, ends, search: known.search, onSearch };
        return (
          <>
            <StagesCard
              stages={stages}
              activities={source.data?.activities ?? NOTHING}
              order={funnel.order}
              isOwn={known.search.stages !== undefined}
              onSearch={onSearch}
            />
            <PictureCard {...parts} {...{ filters, onFilters }} />
            <ReturnsCard {...parts} />
            <CohortsCard {...parts} shown={funnel} filters={filters} />
          </>
        );
      }}
    </LogFrame>
  );
}

/** They give activities other names, which stages are made of. */
function isGroup(filter: unknown): boolean {
  return (filter as { kind?: unknown }).kind === 'group_activities';
}

function Summary({ answer, ends }: { answer: FunnelOfVersion; ends: string[] }) {
  const rich = useRichText();
  const text = useText();
  const format = useFormats();
  const { stages, open, order } = answer.funnel;
  const [first, last] = [stages[0], stages[stages.length - 1]];
  if (!first || !last || first.cases === 0) return text('funnel.summary.none');
  const b = (parts: ReactNode[]) => <b key={String(parts)}>{parts}</b>;
  const said = { cases: first.cases, first: first.stage, last: last.stage, order, b };
  const reached = last.from_start ?? 0;
  const atAll = last.at_all_from_start ?? 0;
  return (
    <>
      {first === last
        ? rich('funnel.summary.one', said)
        : first.cases === 1
          ? rich('funnel.summary.single', { ...said, reaches: reached > 0 ? 'yes' : 'no' })
          : rich('funnel.summary', { ...said, share: format.percent(reached) })}
      {last.at_all > last.cases && (
        <>
          {' '}
          {rich('funnel.summary.atAll', {
            count: last.at_all,
            share: format.percent(atAll),
            b,
            link: (parts) => (
              <CasesLink key="atAll" and={[hasAny(first.activities), hasAny(last.activities)]}>
                {parts}
              </CasesLink>
            ),
          })}
        </>
      )}
      {typeof open === 'number' && (
        <>
          {' '}
          {rich('funnel.summary.open', {
            open,
            link: (parts) => (
              <CasesLink key="open" and={[lacksAll(ends)]}>
                {parts}
              </CasesLink>
            ),
          })}
        </>
      )}
    </>
  );
}
