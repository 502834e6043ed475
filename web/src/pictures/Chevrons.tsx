// The steps of one case in their order, as a row of arrows.
import styles from './Chevrons.module.css';

interface ChevronsProps {
  activities: string[];
  /** Which of the eight category colours an activity has. */
  colour: (activity: string) => number;
}

export function Chevrons({ activities, colour }: ChevronsProps) {
  return (
    <ol className={styles.chevrons}>
      {activities.map((activity, idx) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: steps repeat, and the order never changes
          key={idx}
          className={styles.chevron}
          style={{ '--chevron': `var(--category-${colour(activity)})` } as React.CSSProperties}
        >
          {activity}
        </li>
      ))}
    </ol>
  );
}
