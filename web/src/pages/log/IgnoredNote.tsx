// Says which parts of an address were not understood, so that nobody trusts a view that is another.
import { ActionIcon } from '@mantine/core';
import { defaultParseSearch } from '@tanstack/react-router';
import { TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { ignoredWords, takeOpened } from './search';
import styles from './VersionNotes.module.css';

interface IgnoredNoteProps {
  /** Makes sense of what stands in an address. */
  validate: (search: Record<string, unknown>) => object;
}

/** What was opened counts: whatever is chosen on the page afterwards is understood. */
export function IgnoredNote({ validate }: IgnoredNoteProps) {
  const text = useText();
  const format = useFormats();
  const [words, setWords] = useState(() => {
    const search = defaultParseSearch(takeOpened(location.pathname));
    return ignoredWords(search, validate(search));
  });
  if (words.length === 0) return null;
  return (
    <p className={styles.note} role="status">
      <TriangleAlert size={14} aria-hidden />
      {text('cases.ignored', { count: words.length, words: format.list(words) })}
      <ActionIcon
        size={24}
        variant="subtle"
        aria-label={text('action.close')}
        onClick={() => setWords([])}
      >
        <X size={14} aria-hidden />
      </ActionIcon>
    </p>
  );
}
