// A row of figures with their names.
import styles from './FigureRow.module.css';

interface Figure {
  name: string;
  value: string;
  isBad?: boolean;
}

export function FigureRow({ figures }: { figures: Figure[] }) {
  return (
    <dl className={styles.figures}>
      {figures.map(({ name, value, isBad }) => (
        <div key={name} className={styles.figure} data-bad={isBad}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
