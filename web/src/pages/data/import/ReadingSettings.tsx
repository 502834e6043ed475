// How the file is read: what of it, dates as "your value → our reading", time zone, text encoding,
// delimiter, names of the columns.
import { NativeSelect, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { CheckResult, ImportSettings, ReadingChoice } from '../../../api/types';
import { useFormats } from '../../../format';
import panel from '../../../style/panel.module.css';
import table from '../../../style/table.module.css';
import { useText } from '../../../text/useText';
import styles from './ReadingSettings.module.css';
import { withHeader, withoutBlanks, withSheet } from './roles';
import { withRules, wordsOf } from './rules';

const DATE_FORMATS = [
  '%Y-%m-%d',
  '%Y/%m/%d',
  '%d/%m/%Y',
  '%m/%d/%Y',
  '%d.%m.%Y',
  '%d-%m-%Y',
  '%Y-%m-%d %H:%M:%S',
  '%d/%m/%Y %H:%M',
  '%m/%d/%Y %H:%M',
];
const ENCODINGS = [
  'utf-8',
  'windows-1252',
  'iso-8859-15',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'utf-16le',
  'utf-16be',
];
const DELIMITERS = [',', ';', 'tab', '|'];
const HEADERS = ['first_row', 'none'] as const;
const SIGNS = ['point', 'comma'] as const;
const TEXT_FORMATS = ['csv', 'tsv'];
/** So many rows of a sheet are offered as the one that names the columns. */
const HEADER_ROWS = 20;

interface ReadingSettingsProps {
  result: CheckResult;
  settings: ImportSettings;
  onSettings: (settings: ImportSettings) => void;
}

export function ReadingSettings({ result, settings, onSettings }: ReadingSettingsProps) {
  const text = useText();
  const format = useFormats(settings.time_zone ?? 'UTC');
  const set = (change: ImportSettings) => onSettings(withoutBlanks({ ...settings, ...change }));
  const choose = (kind: ReadingChoice['kind'], value: string) =>
    kind === 'sheet' ? onSettings(withSheet(settings, value)) : set({ [kind]: value });
  const isText = TEXT_FORMATS.includes(result.format.toLowerCase());
  const hasSerials = result.automatic.some(({ rule }) => rule === 'serial_dates');
  const isSheet = (result.choices ?? []).some(({ kind }) => kind === 'sheet');
  const automatic = { value: '', label: text('import.reading.automatic') };
  return (
    <section className={panel.panel}>
      <h2 className={panel.heading}>{text('import.reading')}</h2>
      <div className={styles.settings}>
        {(result.choices ?? []).map(({ kind, chosen, options }) => (
          <NativeSelect
            key={kind}
            label={text(`import.reading.${kind}`)}
            value={settings[kind] ?? ''}
            onChange={(event) => choose(kind, event.currentTarget.value)}
            data={[
              {
                value: '',
                label: text(
                  isOpen(result, kind) ? 'import.roles.choose' : `import.reading.${kind}.all`,
                ),
              },
              ...namesOf(options, chosen, settings[kind]).map(({ name, about }) => ({
                value: name,
                label: about ? `${name} (${about})` : name,
              })),
            ]}
          />
        ))}
        <Suggested
          label={text('import.reading.date')}
          placeholder={text('import.reading.automatic')}
          value={settings.date_format ?? ''}
          suggestions={DATE_FORMATS}
          onValue={(date_format) => set({ date_format })}
        />
        <Suggested
          label={text('import.reading.zone')}
          placeholder="UTC"
          value={settings.time_zone ?? ''}
          suggestions={timeZones()}
          onValue={(time_zone) => set({ time_zone })}
        />
        <NativeSelect
          label={text('import.reading.decimal')}
          value={settings.rules?.decimal ?? ''}
          onChange={(event) =>
            onSettings(withRules(settings, { decimal: signOf(event.currentTarget.value) }))
          }
          data={[
            automatic,
            ...SIGNS.map((value) => ({ value, label: text(`import.reading.decimal.${value}`) })),
          ]}
        />
        <Suggested
          label={text('import.reading.blanks')}
          placeholder={text('import.reading.blanks.usual')}
          value={settings.rules?.blank_words?.join(', ') ?? ''}
          suggestions={[]}
          onValue={(words) => onSettings(withRules(settings, { blank_words: wordsOf(words) }))}
        />
        {hasSerials && (
          <NativeSelect
            label={text('import.reading.serials')}
            value={settings.rules?.serial_dates ?? '1900'}
            onChange={(event) =>
              onSettings(withRules(settings, { serial_dates: systemOf(event.currentTarget.value) }))
            }
            data={['1900', '1904']}
          />
        )}
        {isSheet && (
          <NativeSelect
            label={text('import.reading.header')}
            value={settings.header ?? settings.header_row ?? ''}
            onChange={(event) =>
              onSettings(withHeader(settings, rowOrNone(event.currentTarget.value)))
            }
            data={[
              automatic,
              ...headerRows(settings.header_row).map((row) => ({
                value: String(row),
                label: text('import.reading.header.row', { row: format.number(row) }),
              })),
              { value: 'none', label: text('import.reading.header.none') },
            ]}
          />
        )}
        {isText && (
          <>
            <NativeSelect
              label={text('import.reading.encoding')}
              value={settings.encoding ?? ''}
              onChange={(event) => set({ encoding: event.currentTarget.value })}
              data={[automatic, ...ENCODINGS]}
            />
            <NativeSelect
              label={text('import.reading.delimiter')}
              value={settings.delimiter ?? ''}
              onChange={(event) => set({ delimiter: event.currentTarget.value })}
              data={[
                automatic,
                ...DELIMITERS.map((value) => ({
                  value,
                  label: value === 'tab' ? text('import.reading.tab') : value,
                })),
              ]}
            />
            <NativeSelect
              label={text('import.reading.header')}
              value={settings.header ?? ''}
              onChange={(event) =>
                onSettings(withHeader(settings, { header: headerOf(event.currentTarget.value) }))
              }
              data={[
                automatic,
                ...HEADERS.map((value) => ({
                  value,
                  label: text(`import.reading.header.${value}`),
                })),
              ]}
            />
          </>
        )}
      </div>
      {result.date_examples.length > 0 && (
        <div className={`${table.frame} ${styles.dates}`}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{text('import.date.yours')}</th>
                <th scope="col">
                  {text('import.date.ours', { zone: settings.time_zone ?? 'UTC' })}
                </th>
              </tr>
            </thead>
            <tbody>
              {result.date_examples.map(({ raw, read_as }) => (
                <tr key={raw}>
                  <td>
                    <code>{raw}</code>
                  </td>
                  <td className={table.nowrap}>→ {format.dateTime(read_as)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ul className={styles.readings}>
        {[...result.readings, ...result.notes].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}

/** Whether nothing is read before this has been chosen. */
function isOpen({ problem }: CheckResult, kind: ReadingChoice['kind']) {
  return problem?.place?.parameter === kind;
}

/** What can be chosen; what was chosen stands there also where the file does not have it. */
function namesOf(
  options: ReadingChoice['options'],
  chosen: string | null | undefined,
  said: string | null | undefined,
): { name: string; about?: string }[] {
  const own = said ?? chosen ?? undefined;
  if (own === undefined || options.some(({ name }) => name === own)) return options;
  return [{ name: own }, ...options];
}

interface SuggestedProps {
  label: string;
  placeholder: string;
  value: string;
  suggestions: string[];
  onValue: (value: string) => void;
}

function headerOf(value: string) {
  return HEADERS.find((known) => known === value);
}

function signOf(value: string) {
  return SIGNS.find((known) => known === value) ?? null;
}

/** Most workbooks count from 1900, which need not be said. */
function systemOf(value: string) {
  return value === '1904' ? value : null;
}

/** What was chosen as the names of a sheet's columns: a row, none, or nothing. */
function rowOrNone(value: string): Pick<ImportSettings, 'header' | 'header_row'> {
  return value === 'none' ? { header: 'none' } : { header_row: Number(value) };
}

/** The first rows, and the one that was chosen elsewhere. */
function headerRows(chosen: number | null | undefined): number[] {
  const rows = Array.from({ length: HEADER_ROWS }, (_, idx) => idx + 1);
  return chosen && chosen > HEADER_ROWS ? [...rows, chosen] : rows;
}

/** A text with suggestions; taken when the field is left or Enter is pressed. */
function Suggested({ label, placeholder, value, suggestions, onValue }: SuggestedProps) {
  const list = useId();
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    setTyped(value);
  }
  const take = (text: string) => {
    if (text.trim() !== value) onValue(text.trim());
  };
  return (
    <>
      <TextInput
        label={label}
        placeholder={placeholder}
        value={typed}
        list={list}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          if (suggestions.includes(text)) take(text);
        }}
        onBlur={() => take(typed)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take(typed);
        }}
      />
      <datalist id={list}>
        {suggestions.map((suggestion) => (
          <option key={suggestion} value={suggestion} />
        ))}
      </datalist>
    </>
  );
}

/** The zone of this browser first: most files come from the same place. */
function timeZones(): string[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set(['UTC', own, ...Intl.supportedValuesOf('timeZone')])];
}
