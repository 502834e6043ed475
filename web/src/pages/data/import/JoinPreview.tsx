// What adding the file to a log would change, told before anything is kept.
import { Alert } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import type { CheckResult, JoinPreview as Preview } from '../../../api/types';
import { useFormats } from '../../../format';
import { FailureView } from '../../../shell/FailureView';
import panel from '../../../style/panel.module.css';
import { useText } from '../../../text/useText';
import { FigureRow } from '../report/FigureRow';
import { type Check, CheckGate } from './CheckGate';
import styles from './JoinPreview.module.css';

const UNPROCESSABLE = 422;
/** A file with other columns than the log has a note for each. */
const NOTES_SHOWN = 30;

type Counted =
  `import.join.${'replaced' | 'moved' | 'goneEvents' | 'gone' | 'late' | 'earlier' | 'later'}`;

interface JoinPreviewProps {
  check: Check;
  /** The name of the log. */
  name: string;
  onOtherFile: () => void;
}

export function JoinPreview({ check, name, onOtherFile }: JoinPreviewProps) {
  return (
    <CheckGate check={check} onOtherFile={onOtherFile}>
      {(result) => <Outcome result={result} name={name} />}
    </CheckGate>
  );
}

/** Whether the import may start: the preview is there, of just this file and log. */
export function canJoin({ data, isFetching, error }: Check): boolean {
  return !isFetching && !error && data?.possible === true && data.joining != null;
}

function Outcome({ result, name }: { result: CheckResult; name: string }) {
  const text = useText();
  const problem = result.problem ?? result.joining_problem;
  if (problem) {
    return <FailureView failure={{ kind: 'problem', problem, status: UNPROCESSABLE }} />;
  }
  if (!result.joining) return null;
  return (
    <section className={styles.preview} aria-label={text('import.join', { name })}>
      <h2 className={panel.heading}>{text('import.join', { name })}</h2>
      <Changes result={result} joining={result.joining} />
    </section>
  );
}

function Changes({ result, joining }: { result: CheckResult; joining: Preview }) {
  const text = useText();
  const format = useFormats(joining.time_zone);
  const { counts, first_event_at: first, last_event_at: last } = joining;
  // An append adds also what is there already; replacing leaves it as it is.
  const isAppend = counts.already_present > 0;
  const isNothingNew =
    joining.new_events === counts.already_present &&
    counts.replaced === 0 &&
    joining.gone_events === 0;
  const counted = (key: Counted, count: number) =>
    count > 0 ? [text(key, { count, shown: format.number(count) })] : [];
  const lines = [
    ...counted('import.join.replaced', counts.replaced),
    ...counted('import.join.moved', counts.moved),
    ...counted('import.join.goneEvents', joining.gone_events),
    ...counted('import.join.gone', counts.cases_gone),
    ...counted('import.join.late', joining.late_events),
    ...counted('import.join.earlier', joining.earlier_events),
    ...counted('import.join.later', joining.later_events),
    ...(joining.new_activities.length > 0
      ? [text('import.join.activities', { names: format.list(joining.new_activities) })]
      : []),
    ...joining.notes.slice(0, NOTES_SHOWN),
    text('import.join.after', {
      cases: joining.cases,
      casesShown: format.number(joining.cases),
      events: joining.events,
      eventsShown: format.number(joining.events),
    }),
  ];
  return (
    <>
      {isNothingNew && (
        <Alert color="orange" icon={<TriangleAlert size={18} aria-hidden />}>
          {text('import.join.nothing')}
          {isAppend &&
            ` ${text('import.join.nothing.append', { mode: text('import.mode.upsert') })}`}
        </Alert>
      )}
      <FigureRow
        figures={[
          { name: text('report.rowsRead'), value: format.number(result.rows_read) },
          { name: text('import.join.newCases'), value: format.number(joining.new_cases) },
          { name: text('import.join.grown'), value: format.number(joining.grown_cases) },
          { name: text('import.join.newEvents'), value: format.number(joining.new_events) },
          isAppend
            ? {
                name: text('import.join.known.added'),
                value: format.number(counts.already_present),
              }
            : { name: text('import.join.known'), value: format.number(counts.unchanged) },
          ...(first && last
            ? [{ name: text('import.join.period'), value: format.period(first, last) }]
            : []),
          ...(result.first_event_at && result.last_event_at
            ? [
                {
                  name: text('import.join.filePeriod'),
                  value: format.period(result.first_event_at, result.last_event_at),
                },
              ]
            : []),
        ]}
      />
      <ul className={styles.lines}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}
