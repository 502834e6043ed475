// What to do while there is no log yet.
import { Anchor, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Sparkles, Upload } from 'lucide-react';
import panel from '../../style/panel.module.css';
import { useText } from '../../text/useText';
import styles from './Doors.module.css';

interface DoorsProps {
  onSample: () => void;
  isSampling: boolean;
}

export function Doors({ onSample, isSampling }: DoorsProps) {
  const text = useText();
  return (
    <section className={styles.doors} aria-label={text('data.empty.title')}>
      <p className={styles.lead}>{text('data.empty.title')}</p>
      <div className={`${panel.panel} ${styles.door}`}>
        <Upload size={30} strokeWidth={1.4} aria-hidden />
        <h2 className={panel.heading}>{text('data.empty.upload')}</h2>
        <p className={panel.note}>{text('data.empty.upload.detail')}</p>
        <Button renderRoot={(props) => <Link to="/data/import" {...props} />}>
          {text('data.upload')}
        </Button>
        <Anchor size="sm" renderRoot={(props) => <Link to="/data/templates" {...props} />}>
          {text('data.templates.take')}
        </Anchor>
      </div>
      <div className={`${panel.panel} ${styles.door}`}>
        <Sparkles size={30} strokeWidth={1.4} aria-hidden />
        <h2 className={panel.heading}>{text('data.empty.sample')}</h2>
        <p className={panel.note}>{text('data.empty.sample.detail')}</p>
        <Button variant="default" loading={isSampling} onClick={onSample}>
          {text('data.sample')}
        </Button>
      </div>
    </section>
  );
}
