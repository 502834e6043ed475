// The targets of what is pointed at, beside the pointer.
import type { MapScope } from '../../api/drawer';
import { useFormats } from '../../format';
import type { MapItem } from '../../pictures/process-map/graph';
import { useText } from '../../text/useText';
import styles from './Targets.module.css';
import { kindsOf, targetFor } from './targets';
import { useTargetFigures } from './useTargets';

interface TipTargetProps {
  log: number;
  item: MapItem;
  scope: MapScope;
}

export function TipTarget({ log, item, scope }: TipTargetProps) {
  const text = useText();
  const format = useFormats();
  const { targets, figures } = useTargetFigures(log, scope);
  const own = kindsOf(item, true).flatMap((of) => targetFor(targets, of) ?? []);
  return own.map(({ id, target }) => {
    const found = figures.find((one) => JSON.stringify(one.target) === JSON.stringify(target));
    const isOne = target.of === 'path' || target.of === 'case';
    return (
      <dl key={id} className={styles.tip}>
        <dt>{isOne ? text('targets.target') : text(`targets.tip.${target.of}`)}</dt>
        <dd>{text('targets.upTo', { time: format.duration(target.at_most_s) })}</dd>
        <dt>{text('targets.share')}</dt>
        <dd>
          {found?.share === null || found?.share === undefined
            ? '–'
            : text('targets.share.of', {
                share: format.percent(found.share),
                within: found.within,
                measured: found.measured,
              })}
        </dd>
      </dl>
    );
  });
}
