// Which columns of dates become activities, and what each is called: where a row is a case.
import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CheckedColumn, DateColumn, ImportSettings } from '../../../api/types';
import { useFormats } from '../../../format';
import panel from '../../../style/panel.module.css';
import table from '../../../style/table.module.css';
import { useText } from '../../../text/useText';
import styles from './DateColumns.module.css';
import { withDate } from './dates';
import { columnOf, datesOf } from './roles';

const SAMPLES_SHOWN = 2;

interface DateColumnsProps {
  columns: CheckedColumn[];
  /** Rows of the file. */
  rows: number;
  settings: ImportSettings;
  /** The dates, and those that were left out, at their places. */
  known: DateColumn[];
  onSettings: (settings: ImportSettings) => void;
}

export function DateColumns({ columns, rows, settings, known, onSettings }: DateColumnsProps) {
  const text = useText();
  const format = useFormats();
  const dates = datesOf(settings, columns);
  const choose = (next: DateColumn[]) =>
    onSettings({
      ...settings,
      row: 'case',
      case: columnOf('case', settings, columns),
      date_columns: next,
    });
  const isTaken = (name: string) => dates.some(({ column }) => column === name);
  const others = columns.filter(
    ({ name, type, role }) =>
      !known.some(({ column }) => column === name) &&
      (type === 'timestamp' || role === 'activity_date'),
  );
  const lines = [...known, ...others.map(({ name }): DateColumn => ({ column: name }))];
  return (
    <section className={panel.panel}>
      <h2 className={panel.heading}>{text('import.dates')}</h2>
      <p className={panel.note}>{text('import.dates.detail')}</p>
      <div className={table.frame}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{text('import.dates.column')}</th>
              <th scope="col">{text('import.dates.samples')}</th>
              <th scope="col" className={table.number}>
                {text('import.dates.filled')}
              </th>
              <th scope="col">{text('role.activity')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ column, activity }) => {
              const checked = columns.find(({ name }) => name === column);
              return (
                <tr key={column}>
                  <th scope="row">
                    <Checkbox
                      size="xs"
                      label={column}
                      checked={isTaken(column)}
                      onChange={(event) =>
                        choose(
                          event.currentTarget.checked
                            ? withDate(dates, column, known)
                            : dates.filter((date) => date.column !== column),
                        )
                      }
                    />
                  </th>
                  <td className={styles.samples}>
                    {checked?.samples.slice(0, SAMPLES_SHOWN).join(' · ')}
                  </td>
                  <td className={table.number}>
                    {checked && format.number(rows - checked.blanks)}
                  </td>
                  <td>
                    {isTaken(column) ? (
                      <ActivityName
                        column={column}
                        activity={activity ?? ''}
                        reason={checked?.role === 'activity_date' ? checked.reason : undefined}
                        onName={(name) =>
                          choose(
                            dates.map((date) =>
                              date.column !== column
                                ? date
                                : name
                                  ? { column, activity: name }
                                  : { column },
                            ),
                          )
                        }
                      />
                    ) : (
                      <span className={panel.note}>{text('import.dates.none')}</span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface ActivityNameProps {
  column: string;
  activity: string;
  /** What decides which activity it is, where it has no name. */
  reason: string | undefined;
  onName: (name: string) => void;
}

/** Taken when the field is left or Enter is pressed: each change is a new check of the file. */
function ActivityName({ column, activity, reason, onName }: ActivityNameProps) {
  const text = useText();
  const [typed, setTyped] = useState(activity);
  const [shown, setShown] = useState(activity);
  if (shown !== activity) {
    setShown(activity);
    setTyped(activity);
  }
  const take = () => {
    if (typed.trim() !== activity) onName(typed.trim());
  };
  return (
    <TextInput
      size="xs"
      className={styles.name ?? ''}
      aria-label={text('import.dates.name', { column })}
      value={typed}
      {...(activity || !reason
        ? {}
        : { description: reason, inputWrapperOrder: ['input', 'description'] })}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
      }}
    />
  );
}
