// The replay on the map: cases as dots that move along its paths, and a bar to steer them.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, type RefObject, useEffect, useMemo, useRef } from 'react';
import { schemaQuery } from '../../../api/logs';
import { type MovementsOrder, movementsQuery } from '../../../api/movements';
import { failureOf } from '../../../api/problem';
import type { Log, Version } from '../../../api/types';
import type { Drawing } from '../../../pictures/process-map/drawing';
import type { Looks } from '../../../pictures/process-map/looks';
import type { Metric } from '../../../pictures/process-map/metricNames';
import type { MapHandle } from '../../../pictures/process-map/ProcessMap';
import { recordsOf } from '../../../pictures/replay/records';
import { Late } from '../../../shell/Late';
import { useText } from '../../../text/useText';
import { useSize } from '../../explore/useSize';
import type { MapData } from '../useMapData';
import { CloseButton, RetryButton } from './buttons';
import { Player } from './Player';
import styles from './Replay.module.css';
import { useReplaySearch } from './useReplaySearch';

export interface ReplayProps {
  log: Log;
  version: Version;
  data: MapData;
  map: RefObject<MapHandle | null>;
  /** What is drawn where: the ways of the dots. */
  drawing: Drawing;
  looks: Looks;
  metric: Metric;
  isBusy: boolean;
  filters: unknown[];
  auxiliary: boolean;
  /** The bar has the height that it keeps. */
  onReady: () => void;
}

/** The map is seen without its replay when this is over. */
const PATIENCE_MS = 2000;

export function Replay(props: ReplayProps) {
  const { log, version, data } = props;
  const text = useText();
  const address = useReplaySearch();
  const { replay } = address;
  const schema = useQuery(schemaQuery(log.id, version.number));
  const attributes = useMemo(
    () =>
      (schema.data?.attributes ?? [])
        .filter(({ level, type }) => level === 'case' && (type === 'text' || type === 'boolean'))
        .map((one) => one.name),
    [schema.data],
  );
  const isUnknown =
    replay.colour !== undefined && schema.isSuccess && !attributes.includes(replay.colour);
  const by = isUnknown ? undefined : replay.colour;
  const order = useOrder(props, by);
  const isKnown = replay.colour === undefined || !schema.isPending;
  const query = useQuery({
    ...movementsQuery(order),
    enabled: data.shown !== undefined && !data.isFetching && isKnown,
    placeholderData: keepPreviousData,
  });
  const records = useMemo(() => (query.data ? recordsOf(query.data) : null), [query.data]);
  const { onReady } = props;
  const isThere = records !== null || query.error !== null;
  useEffect(() => {
    if (isThere) return onReady();
    const timer = setTimeout(onReady, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isThere, onReady]);

  if (query.error) {
    const failure = failureOf(query.error);
    const reason = failure.kind === 'problem' ? failure.problem.detail : text('replay.failed.why');
    return (
      <Bar>
        <p className={styles.words} role="alert">
          {text('replay.failed', { reason })}
        </p>
        <RetryButton onRetry={() => void query.refetch()} />
        <CloseButton onClose={address.close} />
      </Bar>
    );
  }
  if (!query.data || !records) {
    return (
      <Bar isPassing>
        <div className={styles.words}>
          <Late>{text('replay.loading')}</Late>
        </div>
        <CloseButton onClose={address.close} />
      </Bar>
    );
  }
  if (records.count === 0 || records.longest_s === 0) {
    return (
      <Bar>
        <p className={styles.words} role="status">
          {text('replay.empty')}
        </p>
        <CloseButton onClose={address.close} />
      </Bar>
    );
  }
  return (
    <Player
      {...props}
      answer={query.data}
      records={records}
      address={{ ...address, ignored: [...address.ignored, ...(isUnknown ? ['colour'] : [])] }}
      by={by}
      attributes={attributes}
      isBusy={props.isBusy || query.isFetching}
      Bar={Bar}
    />
  );
}

/** The question that belongs to what the map shows. */
function useOrder({ version, data, filters, auxiliary }: ReplayProps, by: string | undefined) {
  const { whole, shown } = data;
  return useMemo((): MovementsOrder => {
    const names = shown?.map.activities.map((one) => one.activity);
    const isWhole = names?.length === whole?.map.activities.length;
    return { version: version.id, filters, auxiliary, by, activities: isWhole ? undefined : names };
  }, [version.id, whole, shown, filters, auxiliary, by]);
}

/** A stage that is lower or narrower than this has no room for the legend of the map as well. */
const ROOMY = { width: 700, height: 600 };

interface BarProps {
  /** Another one takes its place in a moment: the map waits for that one, and is placed once. */
  isPassing?: boolean;
  children: ReactNode;
}

/** What stands at the foot of the stage: the map and its legend stand above it. */
function Bar({ isPassing = false, children }: BarProps) {
  const text = useText();
  const bar = useRef<HTMLElement>(null);
  const size = useSize(bar);
  const height = isPassing ? 0 : size.height;
  const isMeasured = height > 0;
  useEffect(() => {
    const stage = bar.current?.parentElement;
    if (!isMeasured || !stage || !bar.current) return;
    const free = stage.clientHeight - bar.current.offsetHeight;
    if (stage.clientWidth >= ROOMY.width && free >= ROOMY.height) return;
    for (const legend of stage.querySelectorAll('details')) legend.open = false;
  }, [isMeasured]);
  useEffect(() => {
    const stage = bar.current?.parentElement;
    stage?.style.setProperty('--foot', `${height}px`);
    return () => {
      stage?.style.removeProperty('--foot');
    };
  }, [height]);
  return (
    <section
      ref={bar}
      className={`${styles.foot} not-printed`}
      aria-label={text('replay.title')}
      data-foot=""
    >
      <div className={styles.bar}>{children}</div>
    </section>
  );
}
