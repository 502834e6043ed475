// What stands on the stage until the first map is there.
import styles from './Skeleton.module.css';

const PILLS = [150, 190, 170, 210, 160, 200, 180, 150];

export function Skeleton({ words }: { words?: string }) {
  return (
    <div className={styles.skeleton}>
      {PILLS.map((width, idx) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pills never change
        <span key={idx} className={styles.pill} style={{ width }} aria-hidden />
      ))}
      {words && <p className={styles.words}>{words}</p>}
    </div>
  );
}
