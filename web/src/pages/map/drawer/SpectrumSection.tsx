// How a hand-off goes over time: its performance spectrum, and the same as a table.
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type MapScope, type SpectrumAnswer, spectrumQuery } from '../../../api/drawer';
import { useFormats } from '../../../format';
import { Spectrum } from '../../../pictures/spectrum/Spectrum';
import { type Precision, toldTime, writtenTime } from '../../../precision';
import { useText } from '../../../text/useText';
import { CaseLink, caseAddress, useCasesOfPage } from '../../explore/CasesLink';
import { SortedTable } from '../../explore/SortedTable';
import { Asked } from './Asked';
import styles from './Drawer.module.css';
import { Section } from './Section';

interface SpectrumSectionProps {
  from: string;
  to: string;
  scope: MapScope;
  timeZone: string | undefined;
}

export function SpectrumSection({ from, to, scope, timeZone }: SpectrumSectionProps) {
  const text = useText();
  return (
    <Section
      id="spectrum"
      title={text('map.spectrum')}
      hint={text('map.spectrum.hint', { from, to })}
      hasTable
    >
      {(room) => <Content {...{ from, to, scope, timeZone, ...room }} />}
    </Section>
  );
}

interface ContentProps extends SpectrumSectionProps {
  width: number;
  isTable: boolean;
  isLarge: boolean;
}

function Content({ from, to, scope, timeZone, width, isTable, isLarge }: ContentProps) {
  const text = useText();
  const query = useQuery(spectrumQuery(scope, from, to));
  return (
    <Asked query={query}>
      {(answer) => {
        if (answer.lines.length === 0)
          return <p className={styles.hint}>{text('map.spectrum.none')}</p>;
        if (isTable) return <Lines answer={answer} timeZone={timeZone} />;
        const height = isLarge ? 420 : 190;
        return (
          <>
            <Picture answer={answer} width={width} height={height} timeZone={timeZone} />
            <Said answer={answer} />
          </>
        );
      }}
    </Asked>
  );
}

interface PictureProps {
  answer: SpectrumAnswer;
  width: number;
  height: number;
  timeZone: string | undefined;
}

function Picture({ answer, width, height, timeZone }: PictureProps) {
  const text = useText();
  const format = useFormats(timeZone);
  const navigate = useNavigate();
  const page = useCasesOfPage();
  const { from, to, occurrences, overtaking } = answer;
  return (
    <Spectrum
      {...{ answer, width, height }}
      onOpen={(id) => page && void navigate(caseAddress(page, id))}
      words={{
        summary: text('map.spectrum.summary', {
          from,
          to,
          count: occurrences,
          share: format.percent(overtaking.overtaken_share ?? 0),
        }),
        date: format.date,
        line: (line) =>
          text('map.spectrum.line', {
            case: line.case,
            time: format.duration(line.duration_s),
            start: format.date(line.start_ms),
          }),
      }}
    />
  );
}

/** What the lines mean and what they show. */
function Said({ answer }: { answer: SpectrumAnswer }) {
  const text = useText();
  const format = useFormats();
  const { classes, lines, occurrences, overlaps, overtaking, batching } = answer;
  const drawn = occurrences - overlaps;
  return (
    <>
      <ul className={styles.classes}>
        {classes.map((one) => (
          <li key={one.class}>
            <i className={styles.swatch} data-class={one.class} />
            <span>{text('map.spectrum.class', { time: format.durationShort(one.to_s) })}</span>
            <b>{format.number(one.occurrences, 0)}</b>
          </li>
        ))}
      </ul>
      <p className={styles.hint}>
        {text('map.spectrum.overtaken', {
          count: overtaking.overtaken,
          share: format.percent(overtaking.overtaken_share ?? 0),
        })}{' '}
        {batching.batches > 0 &&
          text('map.spectrum.batches', {
            count: batching.batches,
            share: format.percent(batching.share ?? 0),
          })}{' '}
        {lines.length < drawn && text('map.spectrum.sample', { shown: lines.length, count: drawn })}
      </p>
    </>
  );
}

function Lines({ answer, timeZone }: { answer: SpectrumAnswer; timeZone: string | undefined }) {
  const text = useText();
  const format = useFormats(timeZone);
  const origin = answer.origin ? Date.parse(answer.origin) : 0;
  const at = (seconds: number) => origin + seconds * 1000;
  const written = (at_ms: number, known: Precision) =>
    writtenTime(new Date(at_ms).toISOString(), known, timeZone ?? 'UTC');
  const lasting = (row: SpectrumAnswer['lines'][number]) =>
    row.duration_s ?? row.end_s - row.start_s;
  const rows = answer.lines.map((line, idx) => ({ ...line, idx }));
  const title = text('map.spectrum');
  return (
    <SortedTable
      label={title}
      file={title}
      rows={rows}
      rowKey={(row) => String(row.idx)}
      start={{ column: 'time', isDescending: true }}
      columns={[
        {
          key: 'case',
          name: text('map.spectrum.case'),
          kind: 'name',
          value: (row) => row.case,
          show: (row) => <CaseLink id={row.case} />,
        },
        {
          key: 'time',
          name: text('map.spectrum.time'),
          kind: 'duration',
          value: lasting,
          show: (row, duration) =>
            row.duration_s == null ? duration : text('precision.duration', { duration }),
        },
        {
          key: 'start',
          name: text('map.spectrum.start'),
          kind: 'number',
          value: (row) => written(at(row.start_s), row.start_precision),
          show: (row) => toldTime(at(row.start_s), row.start_precision, format),
        },
        {
          key: 'end',
          name: text('map.spectrum.end'),
          kind: 'number',
          value: (row) => written(at(row.end_s), row.end_precision),
          show: (row) => toldTime(at(row.end_s), row.end_precision, format),
        },
      ]}
    />
  );
}
