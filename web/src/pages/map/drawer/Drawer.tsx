// What is told of a selection beyond the map itself; each part is asked for by itself.
import { useQuery } from '@tanstack/react-query';
import { type MapScope, neighboursQuery } from '../../../api/drawer';
import { useFormats } from '../../../format';
import type { MapGraph, MapItem } from '../../../pictures/process-map/graph';
import { Sparkline } from '../../../pictures/sparkline/Sparkline';
import { useText } from '../../../text/useText';
import { ItemTarget } from '../../targets/ItemTarget';
import { kindsOf, limitsOf, targetFor } from '../../targets/targets';
import { useTargets } from '../../targets/useTargets';
import type { ValueAttribute } from '../useValueChoice';
import { Asked } from './Asked';
import { Differences } from './Differences';
import styles from './Drawer.module.css';
import { Money } from './Money';
import { NeighbourBars } from './NeighbourBars';
import { Section } from './Section';
import { SpectrumSection } from './SpectrumSection';
import type { Filter } from './scope';
import { Waits } from './Waits';

interface DrawerProps {
  log: number;
  item: MapItem;
  graph: MapGraph;
  scope: MapScope;
  attributes: ValueAttribute[];
  timeZone: string | undefined;
  onSelect: (item: MapItem) => void;
  onFilter: (filter: Filter) => void;
}

export function Drawer(props: DrawerProps) {
  const { log, item, graph, scope, attributes, timeZone, onSelect, onFilter } = props;
  const text = useText();
  const format = useFormats(timeZone);
  const query = useQuery(neighboursQuery(scope, item));
  const { targets } = useTargets(log);
  const limits = limitsOf(kindsOf(item, true).flatMap((of) => targetFor(targets, of) ?? []));
  return (
    <>
      <Section id="target" title={text('map.target')}>
        {() => <ItemTarget key={JSON.stringify(item)} {...{ log, item, graph, scope, onFilter }} />}
      </Section>
      <Asked query={query}>
        {(answer) => (
          <>
            {answer.months && answer.months.length > 1 && (
              <div className={styles.spark}>
                <span>{text('map.months', { count: answer.months.length })}</span>
                <Sparkline
                  values={answer.months.map((month) => month.occurrences)}
                  label={format.list(
                    answer.months.map((month) =>
                      text('map.months.one', {
                        month: format.month(month.start ?? month.date),
                        count: month.occurrences,
                      }),
                    ),
                  )}
                />
              </div>
            )}
            {scope.activities !== null && (
              <p className={styles.hint}>{text('map.menu.projected')}</p>
            )}
            <NeighbourBars side="from" {...{ item, answer, scope, onSelect, onFilter }} />
            <NeighbourBars side="to" {...{ item, answer, scope, onSelect, onFilter }} />
            <Waits {...{ item, answer, scope, limits, onFilter }} />
          </>
        )}
      </Asked>
      {item.kind === 'path' && (
        <SpectrumSection from={item.from} to={item.to} scope={scope} timeZone={timeZone} />
      )}
      <Differences key={JSON.stringify(item)} {...{ item, scope, onFilter }} />
      {attributes.length > 0 && <Money {...{ item, scope, attributes }} />}
    </>
  );
}
