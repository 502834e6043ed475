// How the file was understood, in the words of the server.
import panel from '../../../style/panel.module.css';
import { useText } from '../../../text/useText';
import styles from './Readings.module.css';

export function Readings({ readings, notes }: { readings: string[]; notes: string[] }) {
  const text = useText();
  if (readings.length + notes.length === 0) return null;
  return (
    <section className={panel.panel}>
      <h2 className={panel.heading}>{text('report.readings')}</h2>
      <ul className={styles.list}>
        {[...readings, ...notes].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
