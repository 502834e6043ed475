// Asks whether the day or the month comes first, in the user's own values.
import { Radio } from '@mantine/core';
import type { CheckResult, ImportSettings } from '../../../api/types';
import { useFormats } from '../../../format';
import panel from '../../../style/panel.module.css';
import { useText } from '../../../text/useText';
import styles from './DateQuestion.module.css';
import { dateChoice } from './dateFormats';
import { columnOf } from './roles';

interface DateQuestionProps {
  result: CheckResult;
  settings: ImportSettings;
  /** Open; else it stays with its answer, so that the answer can be changed. */
  isAsking: boolean;
  onSettings: (settings: ImportSettings) => void;
}

export function DateQuestion({ result, settings, isAsking, onSettings }: DateQuestionProps) {
  const text = useText();
  const format = useFormats();
  const { columns, problem } = result;
  const name = problem?.place?.column ?? columnOf('time', settings, columns);
  const samples = columns.find((column) => column.name === name)?.samples ?? [];
  const { sample, readings } = dateChoice(samples);
  const isAnswered = readings.some((reading) => reading.format === settings.date_format);
  if (!isAsking && !isAnswered) return null;
  return (
    <section className={`${panel.panel} ${styles.question}`} role={isAsking ? 'alert' : undefined}>
      <h2 className={panel.heading}>{text('import.date.question', { name: name ?? '' })}</h2>
      {isAsking && <p className={panel.note}>{problem?.detail}</p>}
      {readings.length > 0 && (
        <Radio.Group
          mt="sm"
          aria-label={text('import.date.question', { name: name ?? '' })}
          value={settings.date_format ?? ''}
          onChange={(date_format) => onSettings({ ...settings, date_format })}
        >
          <div className={styles.answers}>
            {readings.map(({ format: code, order, means }) => (
              <Radio.Card key={code} value={code} className={styles.answer ?? ''}>
                <Radio.Indicator />
                <span>
                  <span className={styles.order}>{text(`import.date.${order}`)}</span>
                  {sample !== undefined && (
                    <span className={styles.reading}>
                      <code>{sample}</code> → {format.date(means)}
                    </span>
                  )}
                </span>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
      )}
    </section>
  );
}
