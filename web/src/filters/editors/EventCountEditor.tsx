// How many events cases have, with what the selection holds.
import { useQuery } from '@tanstack/react-query';
import { answerQuery } from '../../api/filters';
import { useFormats } from '../../format';
import styles from '../Builder.module.css';
import type { EventCountFilter } from '../filter';
import { BoundsBrush } from './BoundsBrush';
import { Bounds, given, numberOf } from './BoundsEditor';
import { binsOf } from './distribution';
import { type EditorProps, fieldsOf } from './editor';

export function EventCountEditor({ draft, selection, onDraft }: EditorProps) {
  const format = useFormats();
  const { version, filters } = selection;
  const { data } = useQuery(answerQuery(version.id, filters, 'distribution', { bins: 60 }));
  const { min, max } = fieldsOf<EventCountFilter>(draft);
  const [low, high] = [numberOf(min), numberOf(max)];
  const change = (from: number | undefined, to: number | undefined) =>
    onDraft(given({ min: from, max: to }));
  return (
    <>
      {data && (
        <BoundsBrush
          counts="cases"
          isWhole
          bins={binsOf(data)}
          // A bar ends before its upper edge; the filter keeps its bounds.
          bounds={{ from: low, to: high === undefined ? undefined : high + 1 }}
          write={(value) => format.number(value, 0)}
          onBounds={({ from, to }) => change(from, to === undefined ? undefined : to - 1)}
        />
      )}
      <div className={styles.row}>
        <Bounds {...{ min, max }} allowDecimal={false} onBounds={change} />
      </div>
    </>
  );
}
