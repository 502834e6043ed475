// Step 3: what the log would be, before anything is kept.
import { Alert, Button, Group } from '@mantine/core';
import { ArrowLeft, ArrowRight, TriangleAlert } from 'lucide-react';
import type { CheckResult } from '../../../api/types';
import { useFormats } from '../../../format';
import { Chevrons } from '../../../pictures/Chevrons';
import { FailureView } from '../../../shell/FailureView';
import { useLoaded } from '../../../shell/useLoaded';
import panel from '../../../style/panel.module.css';
import { needTexts } from '../../../text/catalogue';
import { useText } from '../../../text/useText';
import { Automatic } from '../report/Automatic';
import { Doubts } from '../report/Doubts';
import { FigureRow } from '../report/FigureRow';
import { Readings } from '../report/Readings';
import { RefusedRows } from '../report/RefusedRows';
import { SingleEventCases } from '../report/SingleEventCases';
import { type Check, CheckGate } from './CheckGate';
import styles from './CheckStep.module.css';

/** With its words; the rest of the check does not wait for it. */
const loadRules = async () => {
  const [{ BeforeImport }] = await Promise.all([
    import('../../quality/BeforeImport'),
    needTexts('quality'),
  ]);
  return BeforeImport;
};

const UNPROCESSABLE = 422;
const COLOURS = 8;

interface CheckStepProps {
  check: Check;
  file: string;
  onOtherFile: () => void;
  onBack: () => void;
  onNext: () => void;
}

export function CheckStep({ check, file, onOtherFile, onBack, onNext }: CheckStepProps) {
  const text = useText();
  return (
    <CheckGate check={check} onOtherFile={onOtherFile}>
      {(result) => (
        <>
          {result.problem && (
            <FailureView
              failure={{ kind: 'problem', problem: result.problem, status: UNPROCESSABLE }}
              main={{ name: text('import.otherFile'), act: onOtherFile }}
            />
          )}
          <Outcome result={result} file={file} />
          <Group justify="space-between">
            <Button
              variant="default"
              leftSection={<ArrowLeft size={16} aria-hidden />}
              onClick={onBack}
            >
              {text('import.step.columns')}
            </Button>
            <Button
              disabled={!result.possible}
              rightSection={<ArrowRight size={16} aria-hidden />}
              onClick={(event) => event.detail < 2 && onNext()}
            >
              {text('import.next.import')}
            </Button>
          </Group>
        </>
      )}
    </CheckGate>
  );
}

function Outcome({ result, file }: { result: CheckResult; file: string }) {
  const text = useText();
  // The log keeps its zone, whatever the file has.
  const format = useFormats(result.joining?.time_zone ?? result.time_zone);
  const { cases, events, activities, first_event_at: first, last_event_at: last } = result;
  const suspicion = suspicionOf(result);
  const BeforeImport = useLoaded(loadRules);
  return (
    <>
      <FigureRow
        figures={[
          { name: text('data.cases'), value: format.number(cases) },
          { name: text('data.events'), value: format.number(events) },
          ...(first && last
            ? [{ name: text('data.period'), value: format.period(first, last) }]
            : []),
          {
            name: text('report.rowsRefused'),
            value: format.number(result.rows_refused),
            isBad: result.rows_refused > 0,
          },
        ]}
      />
      {suspicion && (
        <Alert color="orange" icon={<TriangleAlert size={18} aria-hidden />}>
          {text(suspicion)}
        </Alert>
      )}
      <Doubts problems={result.problems} />
      {suspicion !== 'import.suspicion.case' && (
        <SingleEventCases single={result.single_event_cases} />
      )}
      {BeforeImport && <BeforeImport quality={result.quality} coverage={result.coverage} />}
      <div className={styles.pair}>
        {activities.length > 0 && (
          <section className={panel.panel}>
            <h2 className={panel.heading}>{text('import.activities')}</h2>
            <ActivityBars activities={activities} />
          </section>
        )}
        {result.example_cases.length > 0 && (
          <section className={panel.panel}>
            <h2 className={panel.heading}>{text('import.examples')}</h2>
            <ExampleCases result={result} />
          </section>
        )}
      </div>
      <RefusedRows problems={result.problems} fileName={file} fine="import.allRows" />
      <Automatic automatic={result.automatic} off={result.settings.rules?.off} />
      <Readings readings={result.readings} notes={result.notes} />
    </>
  );
}

function ActivityBars({ activities }: { activities: CheckResult['activities'] }) {
  const format = useFormats();
  const most = Math.max(...activities.map(({ events }) => events));
  return (
    <ul className={styles.bars}>
      {activities.map(({ activity, events }) => (
        <li key={activity} className={styles.bar}>
          <span className={styles.fill} style={{ width: `${(100 * events) / most}%` }} />
          <span className={styles.activity}>{activity}</span>
          <span className={styles.count}>{format.number(events)}</span>
        </li>
      ))}
    </ul>
  );
}

function ExampleCases({ result }: { result: CheckResult }) {
  const order = new Map(result.activities.map(({ activity }, idx) => [activity, idx]));
  const colour = (activity: string) => ((order.get(activity) ?? COLOURS - 1) % COLOURS) + 1;
  return (
    <dl className={styles.cases}>
      {result.example_cases.map((example) => (
        <div key={example.case}>
          <dt>{example.case}</dt>
          <dd>
            <Chevrons activities={example.activities} colour={colour} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Results that are allowed, and nearly always a wrong column. */
function suspicionOf({ cases, events, activities }: CheckResult) {
  if (events > 1 && cases === events) return 'import.suspicion.case' as const;
  if (events > 1 && cases === 1) return 'import.suspicion.oneCase' as const;
  if (events > 1 && activities.length === 1) return 'import.suspicion.activity' as const;
  return undefined;
}
