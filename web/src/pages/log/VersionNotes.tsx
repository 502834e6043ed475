// Says that a page does not show the current version of the log, and opens it when asked.
import { Button } from '@mantine/core';
import { History, RefreshCw } from 'lucide-react';
import type { Version } from '../../api/types';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import styles from './VersionNotes.module.css';

interface VersionNoteProps {
  /** The version that is shown. */
  number: number;
  current: Version;
  onOpen: () => void;
}

/** Another version has become the current one while the page was open. */
export function NewerVersion({ number, current, onOpen }: VersionNoteProps) {
  const text = useText();
  const format = useFormats();
  return (
    <p className={styles.note} role="status">
      <RefreshCw size={14} aria-hidden />
      {current.number > number
        ? text('map.stale', { time: format.dateTime(current.created_at) })
        : text('map.stale.back', { version: String(current.number) })}
      <Button size="compact-xs" onClick={onOpen}>
        {text('map.stale.refresh')}
      </Button>
    </p>
  );
}

export function OlderVersion({ number, current, onOpen }: VersionNoteProps) {
  const text = useText();
  const versions = { version: String(number), current: String(current.number) };
  return (
    <p className={styles.note}>
      <History size={14} aria-hidden />
      {text('map.old', versions)}
      <Button size="compact-xs" variant="default" onClick={onOpen}>
        {text('map.old.open')}
      </Button>
    </p>
  );
}
