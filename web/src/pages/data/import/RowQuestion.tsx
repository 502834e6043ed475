// What is a row of the file: one event, or one case with a date for each activity?
import { Radio } from '@mantine/core';
import type { CheckResult, ImportSettings, RowMeaning } from '../../../api/types';
import panel from '../../../style/panel.module.css';
import { useText } from '../../../text/useText';
import styles from './DateQuestion.module.css';
import { rowOf, withRow } from './roles';

const ROWS: RowMeaning[] = ['event', 'case'];
/** A table with a row for each case has at least two columns of dates. */
const DATES_MIN = 2;
/** Formats that say themselves what an event is. */
const EVENT_FORMATS = ['xes', 'ocel'];

interface RowQuestionProps {
  result: CheckResult;
  settings: ImportSettings;
  onSettings: (settings: ImportSettings) => void;
}

/** Only where both can be: most files have one date in a row, and need no question. */
export function RowQuestion({ result, settings, onSettings }: RowQuestionProps) {
  const text = useText();
  const { columns, format } = result;
  const dates = columns.filter(
    ({ type, role }) =>
      type === 'timestamp' || role === 'time' || role === 'start' || role === 'activity_date',
  );
  const canBeBoth = settings.row === 'case' || dates.length >= DATES_MIN;
  if (!canBeBoth || EVENT_FORMATS.includes(format)) return null;
  return (
    <section className={panel.panel}>
      <h2 className={panel.heading}>{text('import.row')}</h2>
      <Radio.Group
        aria-label={text('import.row')}
        value={rowOf(settings, columns)}
        onChange={(row) => onSettings(withRow(settings, row as RowMeaning))}
      >
        <div className={styles.answers}>
          {ROWS.map((row) => (
            <Radio.Card key={row} value={row} className={styles.answer ?? ''}>
              <Radio.Indicator />
              <span>
                <span className={styles.order}>{text(`import.row.${row}`)}</span>
                <span className={styles.reading}>{text(`import.row.${row}.detail`)}</span>
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
    </section>
  );
}
