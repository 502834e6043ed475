// A row of figures with their names.
import styles from './Facts.module.css';

interface Fact {
  name: string;
  value: string;
  isBad?: boolean;
}

export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ name, value, isBad }) => (
        <div key={name} className={styles.fact} data-bad={isBad}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
