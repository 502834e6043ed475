// The cases that have not ended: how many, since when, and the oldest of them.
import { useRef } from 'react';
import type { PeriodFigures, ThroughputOfVersion } from '../../api/throughput';
import { useFormats } from '../../format';
import { Bars } from '../../pictures/chart/Bars';
import { useRichText, useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CaseLink, CasesLink } from '../explore/CasesLink';
import { inPeriod, lacksAll } from '../explore/filters';
import parts from '../explore/Parts.module.css';
import { SortedTable } from '../explore/SortedTable';
import { useSize } from '../map/useSize';
import styles from './Throughput.module.css';
import { usePeriodName } from './usePeriodName';

interface OpenCardProps {
  answer: ThroughputOfVersion;
  ends: string[];
  isTable: boolean;
  onTable: (isTable: boolean) => void;
}

export function OpenCard({ answer, ends, isTable, onTable }: OpenCardProps) {
  const text = useText();
  const rich = useRichText();
  const format = useFormats(answer.context.timeZone);
  const { open: count, cases } = answer.throughput;
  const { open } = answer;
  const asOf = answer.context.asOf ? format.date(answer.context.asOf) : '–';
  if (!open) {
    return (
      <Card title={text('throughput.open.title')}>
        <p className={parts.hint}>{text('throughput.open.undeclared')}</p>
      </Card>
    );
  }
  return (
    <Card
      title={text('throughput.open.title')}
      coverage={rich('throughput.open.coverage', {
        count,
        cases,
        share: format.percent(cases === 0 ? 0 : count / cases),
        asOf,
        link: (parts) => (
          <CasesLink key="open" and={[lacksAll(ends)]}>
            {parts}
          </CasesLink>
        ),
      })}
      {...(count > 0 ? { isTable, onTable } : {})}
    >
      {count > 0 && (
        <div className={styles.columns}>
          <Started {...{ answer, ends, isTable }} periods={open.started} />
          <div className={styles.quantiles}>
            <table aria-label={text('throughput.open.oldest')}>
              <thead>
                <tr>
                  <th scope="col">{text('throughput.open.oldest')}</th>
                  <td>{text('throughput.open.since')}</td>
                </tr>
              </thead>
              <tbody>
                {open.oldest.map((one) => (
                  <tr key={one.case}>
                    <th scope="row">
                      <CaseLink id={one.case} />
                    </th>
                    <td>{one.start ? format.date(one.start) : '–'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
    </Card>
  );
}

interface StartedProps {
  answer: ThroughputOfVersion;
  ends: string[];
  isTable: boolean;
  periods: PeriodFigures[];
}

/** Their ages, by the period in which they have started. */
function Started({ answer, ends, isTable, periods }: StartedProps) {
  const text = useText();
  const format = useFormats();
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const length = answer.throughput.period;
  const nameOf = usePeriodName(length);
  return (
    <div ref={frame} className={styles.picture}>
      <p className={styles.caption}>{text('throughput.open.started')}</p>
      {isTable ? (
        <SortedTable
          label={text('throughput.open.started')}
          file={text('throughput.open.started')}
          rows={periods}
          rowKey={(one) => one.date}
          columns={[
            {
              key: 'date',
              name: text('throughput.period'),
              kind: 'name',
              value: (one) => one.date,
              show: (one) => nameOf(one.date),
            },
            {
              key: 'cases',
              name: text('throughput.cases'),
              kind: 'number',
              value: (one) => one.arrivals,
              show: (one) =>
                one.arrivals > 0 ? (
                  <CasesLink and={[lacksAll(ends), inPeriod('starts', one.date, length)]}>
                    {format.number(one.arrivals, 0)}
                  </CasesLink>
                ) : (
                  0
                ),
            },
          ]}
        />
      ) : (
        width > 0 && (
          <Bars
            bars={periods.map((one) => ({
              key: one.date,
              name: nameOf(one.date),
              value: one.arrivals,
            }))}
            width={width}
            label={text('throughput.open.summary', {
              count: answer.throughput.open,
              first: nameOf(periods[0]?.date ?? ''),
              last: nameOf(periods[periods.length - 1]?.date ?? ''),
            })}
            count={(value) => format.number(value, 0)}
          />
        )
      )}
    </div>
  );
}
