// How large the log is: a tile for each figure, which leads to what it counts.
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { FiguresOfVersion, PathsOfVersion } from '../../api/overview';
import { failureOf } from '../../api/problem';
import { useFormats } from '../../format';
import { Sparkline } from '../../pictures/chart/Sparkline';
import { useText } from '../../text/useText';
import { CasesLink } from '../explore/CasesLink';
import { usePeriodName } from '../explore/usePeriodName';
import styles from './Overview.module.css';
import { PlaceLink } from './PlaceLink';

interface TilesProps {
  answer: FiguresOfVersion;
  people: UseQueryResult<number>;
  /** What the map leaves out, once it is known. */
  paths: PathsOfVersion | undefined;
  /** The attribute that says who; `null` where the log has none, nothing while that is not known. */
  resource: string | null | undefined;
  isFiltered: boolean;
}

/** From here on the last digits tell nothing. */
const COMPACT_FROM = 10_000_000;

export function Tiles({ answer, people, paths, resource, isFiltered }: TilesProps) {
  const text = useText();
  const format = useFormats();
  const { summary, context } = answer;
  const auxiliary = useAuxiliary(paths);
  const count = (value: number) =>
    value < COMPACT_FROM ? format.number(value, 0) : format.compact(value);
  const of = (total: number) =>
    isFiltered ? text('overview.tile.of', { total }) : text('overview.tile.all');
  return (
    <ul className={styles.tiles} aria-label={text('overview.size')}>
      <Tile
        name={text('overview.cases')}
        value={
          <CasesLink label={text('overview.cases.link', { cases: summary.cases })}>
            {count(summary.cases)}
          </CasesLink>
        }
        detail={of(context.total.cases)}
      >
        <Arrivals answer={answer} />
      </Tile>
      <Tile
        name={text('overview.events')}
        value={count(summary.events)}
        detail={of(context.total.events)}
      />
      <Tile
        name={text('overview.activities')}
        value={
          <PlaceLink
            to="/map/$log"
            search={{ activities: 100, auxiliary: true }}
            label={text('overview.activities.link', { count: summary.activities })}
          >
            {count(summary.activities)}
          </PlaceLink>
        }
        detail={auxiliary ?? text('overview.activities.detail')}
      />
      <Tile
        name={text('overview.variants')}
        value={
          <PlaceLink
            to="/variants/$log"
            label={text('overview.variants.link', { count: summary.variants })}
          >
            {count(summary.variants)}
          </PlaceLink>
        }
        detail={text('overview.variants.detail')}
      />
      <People people={people} resource={resource} />
    </ul>
  );
}

/** How many activities are side notes, for the map has fewer than the log. */
function useAuxiliary(paths: PathsOfVersion | undefined): string | null {
  const text = useText();
  if (!paths || 'error' in paths.map) return null;
  const left = paths.map.answer.left_out.filter((one) => one.auxiliary);
  const events = left.reduce((sum, one) => sum + one.events, 0);
  return left.length > 0
    ? text('overview.activities.auxiliary', { count: left.length, events })
    : null;
}

function Arrivals({ answer }: { answer: FiguresOfVersion }) {
  const text = useText();
  const part = answer.throughput;
  const nameOf = usePeriodName('error' in part ? 'month' : part.answer.period);
  if ('error' in part || part.answer.over_time.length < 2) return null;
  const { over_time: periods } = part.answer;
  return (
    <Sparkline
      values={periods.map((one) => one.arrivals)}
      height={28}
      label={text('overview.arrivals', {
        first: nameOf(periods[0]?.date ?? ''),
        last: nameOf(periods[periods.length - 1]?.date ?? ''),
      })}
    />
  );
}

function People({ people, resource }: Pick<TilesProps, 'people' | 'resource'>) {
  const text = useText();
  const format = useFormats();
  const name = text('overview.people');
  if (resource === null) {
    return <Tile name={name} value={null} detail={text('overview.people.missing')} />;
  }
  if (people.error && people.data === undefined) {
    const failure = failureOf(people.error);
    const said = failure.kind === 'problem' ? failure.problem.detail : text('overview.failed');
    return <Tile name={name} value={null} detail={said} />;
  }
  return (
    <Tile
      name={name}
      value={
        people.data === undefined ? (
          '…'
        ) : (
          <PlaceLink to="/people/$log" label={text('overview.people.link', { count: people.data })}>
            {format.number(people.data, 0)}
          </PlaceLink>
        )
      }
      detail={resource === undefined ? '' : text('overview.people.detail', { attribute: resource })}
    />
  );
}

interface TileProps {
  name: string;
  /** Missing where it cannot be computed; the detail says why. */
  value: ReactNode;
  detail: string;
  children?: ReactNode;
}

function Tile({ name, value, detail, children }: TileProps) {
  return (
    <li className={styles.tile} data-missing={value === null || undefined}>
      <span className={styles.name}>{name}</span>
      {value !== null && <span className={styles.value}>{value}</span>}
      <span className={styles.detail}>{detail}</span>
      {children}
    </li>
  );
}
