// The steps of a variant as a row of coloured arrows with short names.
import type { CSSProperties } from 'react';
import styles from './ChevronStrip.module.css';
import { categoryOf } from './colours';
import { fitting, type Run } from './runs';

/** Short names and colours of the activities of one version. */
export interface StepLooks {
  short: Map<string, string>;
  categories: Map<string, number>;
}

interface ChevronStripProps {
  runs: Run[];
  looks: StepLooks;
  /** How wide the row may become, in pixels. */
  width: number;
}

/** What says the same in words stands beside it: the picture itself is not read aloud. */
export function ChevronStrip({ runs, looks, width }: ChevronStripProps) {
  const { shown, hidden } = fitting(runs, width);
  return (
    <span className={styles.strip} aria-hidden>
      {shown.map(({ activity, times }, idx) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: steps repeat, and the order never changes
          key={idx}
          className={styles.step}
          data-step={activity}
          style={colourOf(looks, activity)}
        >
          <span className={styles.name}>{looks.short.get(activity) ?? activity}</span>
          {times > 1 && <span className={styles.times}>×{times}</span>}
        </span>
      ))}
      {hidden > 0 && <span className={styles.more}>+{hidden}</span>}
    </span>
  );
}

interface WholePathProps {
  runs: Run[];
  looks: StepLooks;
  /** What the list is, for those who hear it. */
  name: string;
}

/** All steps with their full names, on as many lines as they take. */
export function WholePath({ runs, looks, name }: WholePathProps) {
  return (
    <ol className={styles.whole} aria-label={name}>
      {runs.map(({ activity, times }, idx) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: steps repeat, and the order never changes
          key={idx}
          className={styles.step}
          style={colourOf(looks, activity)}
        >
          {activity}
          {times > 1 && <span className={styles.times}>×{times}</span>}
        </li>
      ))}
    </ol>
  );
}

/** Colours alone, for a table of cases: as many small arrows as fit. */
export function StepMarks({ runs, looks, width }: ChevronStripProps) {
  const { shown, hidden } = fitting(runs, width, MARK_WIDTH);
  return (
    <span className={styles.marks} aria-hidden>
      {shown.map(({ activity }, idx) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: steps repeat, and the order never changes
          key={idx}
          className={styles.mark}
          data-step={activity}
          style={colourOf(looks, activity)}
        >
          {[...(looks.short.get(activity) ?? activity)][0]}
        </span>
      ))}
      {hidden > 0 && <span className={styles.more}>+{hidden}</span>}
    </span>
  );
}

const MARK_WIDTH = 19;

function colourOf({ categories }: StepLooks, activity: string): CSSProperties {
  return { '--step': `var(--category-${categoryOf(categories, activity)})` } as CSSProperties;
}
