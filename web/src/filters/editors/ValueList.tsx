// Values to choose from, each with how many cases or events have it, and a search among them.
import { Checkbox, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useId, useState } from 'react';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import styles from '../Builder.module.css';

interface Choice<T> {
  value: T;
  name: string;
  count?: number | undefined;
}

interface ValueListProps<T> {
  label: string;
  choices: Choice<T>[];
  chosen: T[];
  onChosen: (chosen: T[]) => void;
}

const SEARCH_FROM = 8;

export function ValueList<T>({ label, choices, chosen, onChosen }: ValueListProps<T>) {
  const text = useText();
  const format = useFormats();
  const id = useId();
  const [wanted, setWanted] = useState('');
  const found = choices.filter(({ name }) => matches(name, wanted));
  const most = Math.max(1, ...choices.map(({ count = 0 }) => count));
  const toggle = (value: T) =>
    onChosen(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <fieldset className={styles.form} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      <legend className="only-read-aloud">{label}</legend>
      {choices.length >= SEARCH_FROM && (
        <TextInput
          type="search"
          aria-label={text('filters.editor.search')}
          placeholder={text('filters.editor.search')}
          leftSection={<Search size={14} aria-hidden />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      {choices.length === 0 && <p className={styles.note}>{text('filters.editor.none')}</p>}
      <ul className={styles.values}>
        {found.map(({ value, name, count }, idx) => (
          <li key={`${typeof value} ${String(value)}`}>
            <label className={styles.value} htmlFor={`${id}-${idx}`}>
              <Checkbox
                id={`${id}-${idx}`}
                size="xs"
                checked={chosen.includes(value)}
                onChange={() => toggle(value)}
                aria-label={name}
              />
              <span className={styles.name}>{name}</span>
              {count !== undefined && (
                <>
                  <span className={styles.count}>{format.number(count)}</span>
                  <span className={styles.bar} aria-hidden>
                    <span style={{ width: `${(100 * count) / most}%` }} />
                  </span>
                </>
              )}
            </label>
          </li>
        ))}
      </ul>
      <p className={styles.note} role="status">
        {text('filters.editor.selected', { count: chosen.length })}
      </p>
    </fieldset>
  );
}

/** Chosen values that are no longer there are kept in sight, so that they can be given up. */
export function withChosen<T>(choices: Choice<T>[], chosen: T[], nameOf: (value: T) => string) {
  const known = new Set(choices.map(({ value }) => value));
  const gone = chosen.filter((value) => !known.has(value));
  return [...choices, ...gone.map((value) => ({ value, name: nameOf(value), count: 0 }))];
}

function matches(name: string, wanted: string): boolean {
  return name.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase());
}
