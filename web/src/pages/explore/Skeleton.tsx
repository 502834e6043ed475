// What stands on a page until its first answer is there.
import styles from './Skeleton.module.css';

export function Skeleton() {
  return (
    <div className={styles.skeleton} aria-hidden>
      <span className={styles.title} />
      <span className={styles.picture} />
      <span className={styles.part} />
      <span className={styles.part} />
    </div>
  );
}
