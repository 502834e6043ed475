// What of the address was not understood, where a page says what it left out.
import { useEffect } from 'react';
import { useFormats } from '../format';
import { useText } from '../text/useText';
import { addressWords } from './addressWords';
import styles from './Filters.module.css';
import { forgetIgnored, useIgnored } from './ignored';

/** What of the address was left out, until the next step. */
export function IgnoredNote() {
  const text = useText();
  const format = useFormats();
  const { filters, words } = useIgnored();
  useEffect(() => forgetIgnored, []);
  return (
    <span className={styles.ignored} role="status">
      {filters > 0 && <span>{text('filters.ignored', { count: filters })}</span>}
      {words.length > 0 && (
        <span>
          {text('filters.ignored.words', { words: format.list(addressWords(words, text)) })}
        </span>
      )}
    </span>
  );
}
