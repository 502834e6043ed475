// Several activities are marked: what can be done with all of them.
import { Button, CloseButton } from '@mantine/core';
import { EyeOff, Group as GroupIcon } from 'lucide-react';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import styles from './Panel.module.css';

interface MarkedProps {
  marked: string[];
  onGroup: () => void;
  onHide: () => void;
  onClear: () => void;
}

export function Marked({ marked, onGroup, onHide, onClear }: MarkedProps) {
  const text = useText();
  const format = useFormats();
  const title = text('map.marked', { count: marked.length });
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <span className="only-read-aloud" role="status">
          {title}
        </span>
        <CloseButton size={24} aria-label={text('map.marked.clear')} onClick={onClear} />
      </div>
      <p className={styles.hint}>{format.list(marked)}</p>
      <div className={styles.buttons}>
        {marked.length > 1 && (
          <Button
            size="compact-sm"
            leftSection={<GroupIcon size={14} aria-hidden />}
            onClick={onGroup}
          >
            {text('map.menu.groupAs')}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<EyeOff size={14} aria-hidden />}
          onClick={onHide}
        >
          {text('map.menu.hide')}
        </Button>
      </div>
    </section>
  );
}
