// Where cases wait longest: the paths with the largest median time.
import { UnstyledButton } from '@mantine/core';
import type { MapPath } from '../../api/map';
import { useFormats } from '../../format';
import type { MapGraph, MapItem } from '../../pictures/process-map/graph';
import { FEW_SHARE } from '../../pictures/process-map/looks';
import { useText } from '../../text/useText';
import styles from './Panel.module.css';

const LISTED = 5;

interface LongestWaitsProps {
  graph: MapGraph;
  colourOf: (share: number) => string;
  onSelect: (item: MapItem) => void;
}

export function LongestWaits({ graph, colourOf, onSelect }: LongestWaitsProps) {
  const text = useText();
  const format = useFormats();
  const waits = longestWaits(graph);
  const most = waits[0]?.duration_s?.median ?? 0;
  return (
    <section className={styles.section}>
      <h2 className={styles.title}>{text('map.waits')}</h2>
      <p className={styles.hint}>{text(waits.length > 0 ? 'map.waits.hint' : 'map.waits.none')}</p>
      {waits.map(({ from, to, duration_s }) => {
        const median = duration_s?.median ?? 0;
        const name = text('map.path.name', { from, to });
        return (
          <UnstyledButton
            key={`${from}\u0001${to}`}
            className={styles.wait ?? ''}
            title={name}
            onClick={() => onSelect({ kind: 'path', from, to })}
          >
            <span
              className={styles.dot}
              style={{ background: colourOf(Math.sqrt(most === 0 ? 0 : median / most)) }}
            />
            <span>{name}</span>
            <b>{format.durationShort(median)}</b>
          </UnstyledButton>
        );
      })}
    </section>
  );
}

/** Rare paths are left aside: a single slow case is no bottleneck. */
export function longestWaits(graph: MapGraph): MapPath[] {
  const casesOf = new Map(graph.activities.map((one) => [one.activity, one.cases]));
  const median = (path: MapPath) => path.duration_s?.median ?? 0;
  return graph.paths
    .filter((path) => median(path) > 0 && path.cases >= FEW_SHARE * (casesOf.get(path.from) ?? 0))
    .sort((left, right) => median(right) - median(left))
    .slice(0, LISTED);
}
