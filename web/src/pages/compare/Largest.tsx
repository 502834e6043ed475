// Where the sides differ most: the first activities and paths as the server ranks them.
import type { ComparedActivity, ComparedPath, ComparisonAnswer } from '../../api/comparison';
import { useFormats } from '../../format';
import { type Compared, differenceOf, isFew } from '../../pictures/process-map/compared';
import type { MapItem } from '../../pictures/process-map/graph';
import { useText } from '../../text/useText';
import styles from './Compare.module.css';
import { differenceWords } from './words';

const LISTED = 6;

interface LargestProps {
  answer: ComparisonAnswer;
  metric: Compared;
  onSelect: (item: MapItem) => void;
}

export function Largest({ answer, metric, onSelect }: LargestProps) {
  const text = useText();
  const format = useFormats();
  const { said } = differenceWords(text, format);
  const rows = largest(answer, metric);
  return (
    <section className={styles.section}>
      <h2 className={styles.sectionTitle}>{text(`compare.largest.${metric}`)}</h2>
      {rows.length === 0 && <p className={styles.hint}>{text('compare.largest.none')}</p>}
      <ol className={styles.largest}>
        {rows.map(({ item, value }) => (
          <li key={JSON.stringify(item)}>
            <button type="button" onClick={() => onSelect(item)}>
              <span className={styles.itemName}>
                {item.kind === 'activity' ? item.activity : text('map.path.name', item)}
              </span>
              <span className={styles.itemValue} data-more={value > 0 ? 'a' : 'b'}>
                {said(value, metric)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Activities and paths together, without what rests on few cases and what does not differ. */
export function largest(
  { activities, paths }: Pick<ComparisonAnswer, 'activities' | 'paths'>,
  metric: Compared,
): { item: MapItem; value: number }[] {
  const rows = [...activities, ...paths].flatMap((one) => {
    const value = differenceOf(one, metric);
    return value === null || value === 0 || isFew(one, metric) ? [] : { item: nameOf(one), value };
  });
  return rows.sort((left, right) => Math.abs(right.value) - Math.abs(left.value)).slice(0, LISTED);
}

function nameOf(one: ComparedActivity | ComparedPath): MapItem {
  return 'activity' in one
    ? { kind: 'activity', activity: one.activity }
    : { kind: 'path', from: one.from, to: one.to };
}
