// A table from the clipboard: with the keys, with a button, or in a field where neither is allowed.
import { Button, Textarea } from '@mantine/core';
import { ClipboardPaste } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useWindowPaste } from '../../../forms/useWindowPaste';
import panel from '../../../style/panel.module.css';
import { useText } from '../../../text/useText';
import styles from './PasteTable.module.css';
import { fileOfText } from './pasted';

const ROWS_SHOWN = 6;

export function PasteTable({ onFile }: { onFile: (file: File) => void }) {
  const text = useText();
  const [isNone, setNone] = useState(false);
  const [isTyping, setTyping] = useState(false);
  const [typed, setTyped] = useState('');
  const name = text('import.paste.file');
  const take = useCallback(
    (table: string) => {
      const file = fileOfText(table, name);
      setNone(!file);
      if (file) onFile(file);
    },
    [name, onFile],
  );
  useWindowPaste({ onFile, onText: take });
  const read = async () => {
    try {
      take(await navigator.clipboard.readText());
    } catch {
      // Not allowed, or not offered: a field takes what the keys paste.
      setNone(false);
      setTyping(true);
    }
  };
  const none = isNone ? text('import.paste.none') : undefined;
  return (
    <section className={`${panel.panel} ${styles.paste}`}>
      <div className={styles.line}>
        <span className={styles.call}>{text('import.paste')}</span>
        <Button
          variant="default"
          leftSection={<ClipboardPaste size={16} aria-hidden />}
          onClick={() => void read()}
        >
          {text('import.paste.button')}
        </Button>
      </div>
      {isTyping && (
        <form
          className={styles.field}
          onSubmit={(event) => {
            event.preventDefault();
            take(typed);
          }}
        >
          <Textarea
            label={text('import.paste.field')}
            description={text('import.paste.field.detail')}
            rows={ROWS_SHOWN}
            spellCheck={false}
            autoFocus
            value={typed}
            error={none}
            onChange={(event) => {
              setNone(false);
              setTyped(event.currentTarget.value);
            }}
          />
          <Button type="submit" disabled={typed.trim() === ''}>
            {text('import.paste.take')}
          </Button>
        </form>
      )}
      <p className={styles.none} role="alert">
        {!isTyping && none}
      </p>
    </section>
  );
}
