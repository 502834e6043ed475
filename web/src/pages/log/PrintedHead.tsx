// What stands above a page on paper, below its name: only there it is seen.
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import styles from './PrintedHead.module.css';

export function PrintedHead({ lines }: { lines: string[] }) {
  const text = useText();
  const format = useFormats();
  const [time, setTime] = useState<Date | null>(null);
  useEffect(() => {
    const before = () => flushSync(() => setTime(new Date()));
    const after = () => setTime(null);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  if (time === null) return null;
  return (
    <div className={styles.printed}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p>{text('map.caption.printed', { time: format.dateTime(time) })}</p>
    </div>
  );
}
