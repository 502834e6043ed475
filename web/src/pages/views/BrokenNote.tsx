// Says that a page with a saved view asks for something that the log does not have any more.
import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import type { SavedView } from '../../api/views';
import { useText } from '../../text/useText';
import styles from './LogViews.module.css';
import { useMissing } from './useMissing';

interface BrokenNoteProps {
  log: number;
  page: string;
  state: Record<string, unknown>;
  view: SavedView;
}

export function BrokenNote({ log, page, state, view }: BrokenNoteProps) {
  const text = useText();
  const health = useMissing(log, page, state);
  if (health.state !== 'ready' || health.missing.length === 0) return null;
  return (
    <span className={styles.broken}>
      <TriangleAlert size={14} aria-hidden />
      <span className={styles.words}>
        {text('views.broken.short', { count: health.missing.length })}
      </span>
      <Link to="/views/$log/$view" params={{ log: String(log), view: String(view.id) }} search={{}}>
        {text('views.mend')}
      </Link>
    </span>
  );
}
