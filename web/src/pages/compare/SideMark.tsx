// The letter of a side in its colour: blue is A, orange is B, as on the map of differences.
import type { Side } from '../../pictures/process-map/compared';
import { useText } from '../../text/useText';
import styles from './Compare.module.css';

export function SideMark({ side }: { side: Side }) {
  const text = useText();
  return (
    <span className={styles.mark} data-side={side}>
      <span className="only-read-aloud">{text(`compare.side.${side}`)}</span>
      <span aria-hidden>{text(`compare.letter.${side}`)}</span>
    </span>
  );
}
