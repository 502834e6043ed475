// Arrivals, completions, open cases and durations, period by period.
import { Button } from '@mantine/core';
import { useMemo, useRef } from 'react';
import type { PeriodFigures, ThroughputOfVersion } from '../../api/throughput';
import { useFormats } from '../../format';
import { FEW_CASES, OverTime } from '../../pictures/chart/OverTime';
import { useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CasesLink } from '../explore/CasesLink';
import { inPeriod, withFilter } from '../explore/filters';
import parts from '../explore/Parts.module.css';
import { type Column, SortedTable } from '../explore/SortedTable';
import { axisWords } from '../explore/useDuration';
import { usePeriodName } from '../explore/usePeriodName';
import { useSize } from '../explore/useSize';
import styles from './Throughput.module.css';

interface TimeCardProps {
  answer: ThroughputOfVersion;
  /** The first day of the period that is looked at. */
  at: string | undefined;
  /** The activities that end a case; its last event does without any. */
  ends: string[];
  filters: unknown[];
  isTable: boolean;
  onTable: (isTable: boolean) => void;
  onAt: (at: string) => void;
  onFilters: (filters: unknown[]) => void;
}

export function TimeCard(props: TimeCardProps) {
  const { answer, at, ends, filters, isTable, onTable, onAt, onFilters } = props;
  const text = useText();
  const format = useFormats(answer.context.timeZone);
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const { over_time: periods, period: length } = answer.throughput;
  const nameOf = usePeriodName(length);
  const found = periods.findIndex((one) => one.date === at);
  const here = found < 0 ? null : found;
  const chosen = here === null ? undefined : periods[here];
  const median = (one: PeriodFigures) =>
    typeof one.median_duration_s === 'number' ? format.durationShort(one.median_duration_s) : '–';
  const said = (one: PeriodFigures | undefined) =>
    one
      ? text('throughput.time.said', {
          period: nameOf(one.date),
          arrivals: one.arrivals,
          completions: one.completions,
          open: one.open_at_end,
          median: median(one),
        })
      : text('throughput.time.none');
  const columns = usePeriodColumns(nameOf, median, ends, length);
  return (
    <Card
      title={text('throughput.time')}
      coverage={text('throughput.time.coverage', {
        count: periods.length,
        cases: answer.throughput.cases,
        asOf: answer.context.asOf ? format.date(answer.context.asOf) : '–',
      })}
      isTable={isTable}
      onTable={onTable}
    >
      {isTable ? (
        <SortedTable
          label={text('throughput.time')}
          file={text('throughput.time')}
          columns={columns}
          rows={periods}
          rowKey={(one) => one.date}
          isSelected={(one) => one.date === at}
        />
      ) : (
        <div ref={frame} className={styles.picture}>
          {width > 0 && periods.length > 0 && (
            <OverTime
              periods={periods}
              width={width}
              here={here}
              onHere={(idx) => {
                const next = periods[idx]?.date;
                if (next !== undefined && next !== at) onAt(next);
              }}
              words={{
                name: text('throughput.time.walk'),
                said: said(chosen ?? periods[periods.length - 1]),
                arrivals: text('throughput.arrivals'),
                completions: text('throughput.completions'),
                open: text('throughput.open'),
                median: text('throughput.time.median', { few: FEW_CASES }),
                period: nameOf,
                ...axisWords(format),
              }}
            />
          )}
          <div className={parts.readout}>
            {chosen ? (
              <>
                <span>{said(chosen)}</span>
                <span className={`${parts.buttons} not-printed`}>
                  <Button
                    size="compact-xs"
                    onClick={() =>
                      onFilters(withFilter(filters, inPeriod('starts', chosen.date, length)))
                    }
                  >
                    {text('throughput.time.keep')}
                  </Button>
                  <CasesLink and={[inPeriod('starts', chosen.date, length)]}>
                    {text('throughput.time.started')}
                  </CasesLink>
                  <CasesLink and={[inPeriod('ends', chosen.date, length, ends)]}>
                    {text('throughput.time.ended')}
                  </CasesLink>
                </span>
              </>
            ) : (
              <span className={parts.hint}>{text('throughput.time.hint')}</span>
            )}
          </div>
        </div>
      )}
    </Card>
  );
}

function usePeriodColumns(
  nameOf: (date: string) => string,
  median: (one: PeriodFigures) => string,
  ends: string[],
  length: ThroughputOfVersion['throughput']['period'],
): Column<PeriodFigures>[] {
  const text = useText();
  return useMemo(() => {
    const count = (
      key: 'arrivals' | 'completions' | 'open_at_end',
      name: string,
      mode?: 'starts' | 'ends',
    ): Column<PeriodFigures> => ({
      key,
      name,
      kind: 'count',
      value: (one) => one[key],
      show: (one, written) =>
        mode && one[key] > 0 ? (
          <CasesLink and={[inPeriod(mode, one.date, length, ends)]}>{written}</CasesLink>
        ) : (
          written
        ),
    });
    return [
      {
        key: 'date',
        name: text('throughput.period'),
        kind: 'name',
        value: (one) => one.date,
        show: (one) => nameOf(one.date),
      },
      count('arrivals', text('throughput.arrivals'), 'starts'),
      count('completions', text('throughput.completions'), 'ends'),
      count('open_at_end', text('throughput.open')),
      {
        key: 'median',
        name: text('throughput.median'),
        kind: 'number',
        value: (one) => one.median_duration_s ?? null,
        show: median,
      },
    ];
  }, [text, nameOf, median, ends, length]);
}
