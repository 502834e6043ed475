// Which activities are repeated: in how many cases, how often, straight away or later.
import { useMemo } from 'react';
import type { ReworkActivity, ReworkOfVersion } from '../../api/rework';
import { type Formats, useFormats } from '../../format';
import { TwoPartBar } from '../../pictures/chart/TwoPartBar';
import { useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CasesLink } from '../explore/CasesLink';
import { repeats } from '../explore/filters';
import parts from '../explore/Parts.module.css';
import { type Column, SortedTable } from '../explore/SortedTable';
import styles from './Rework.module.css';

interface ActivitiesCardProps {
  answer: ReworkOfVersion;
  selected: string | undefined;
  onSelect: (activity: string | undefined) => void;
}

export function ActivitiesCard({ answer, selected, onSelect }: ActivitiesCardProps) {
  const text = useText();
  const { rework } = answer;
  const repeated = useMemo(
    () => rework.activities.filter((one) => one.repeats > 0),
    [rework.activities],
  );
  const never = rework.activities.filter((one) => one.repeats === 0);
  const left = rework.left_out.reduce((sum, one) => sum + one.events, 0);
  return (
    <Card
      title={text('rework.activities')}
      coverage={
        left > 0
          ? text('rework.coverage.left', { cases: rework.cases, left })
          : text('rework.coverage', { cases: rework.cases })
      }
    >
      {repeated.length > 0 ? (
        <>
          <p className={parts.legend}>
            <span>
              <i className={styles.key} data-part="one" />
              {text('rework.straight')}
            </span>
            <span>
              <i className={styles.key} data-part="two" />
              {text('rework.later')}
            </span>
          </p>
          <RepeatedTable {...{ repeated, selected, onSelect }} />
          <p className={parts.hint}>{text('rework.again.hint')}</p>
        </>
      ) : (
        <p className={parts.hint}>{text('rework.nothing')}</p>
      )}
      {never.length > 0 && repeated.length > 0 && (
        <details className={styles.never}>
          <summary>{text('rework.never', { count: never.length })}</summary>
          <ul>
            {never.map((one) => (
              <li key={one.activity}>{one.activity}</li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}

interface RepeatedTableProps {
  repeated: ReworkActivity[];
  selected: string | undefined;
  onSelect: (activity: string | undefined) => void;
}

function RepeatedTable({ repeated, selected, onSelect }: RepeatedTableProps) {
  const text = useText();
  const format = useFormats();
  const columns = useMemo((): Column<ReworkActivity>[] => {
    const most = Math.max(1, ...repeated.map((one) => one.repeats));
    return [
      {
        key: 'activity',
        name: text('rework.activity'),
        kind: 'name',
        value: (one) => one.activity,
        show: (one) => (
          <button
            type="button"
            className={parts.link}
            title={one.activity}
            aria-pressed={one.activity === selected}
            onClick={() => onSelect(one.activity === selected ? undefined : one.activity)}
          >
            {one.activity}
          </button>
        ),
      },
      {
        key: 'repeated',
        name: text('rework.casesRepeated'),
        kind: 'count',
        value: (one) => one.cases_with_repeat,
        show: (one, written) => (
          <CasesLink
            and={[repeats(one.activity)]}
            label={text('explore.casesOf', { count: one.cases_with_repeat, name: one.activity })}
          >
            {written}
          </CasesLink>
        ),
      },
      {
        key: 'share',
        name: text('rework.share'),
        kind: 'number',
        value: (one) => one.share_with_repeat ?? null,
        show: (one) => format.percent(one.share_with_repeat ?? 0),
      },
      {
        key: 'repeats',
        name: text('rework.repeats'),
        kind: 'count',
        value: (one) => one.repeats,
      },
      time(text('rework.again'), format),
      {
        key: 'bar',
        name: text('rework.kinds'),
        kind: 'picture',
        value: (one) => one.self_loops,
        show: (one) => (
          <TwoPartBar
            one={one.self_loops}
            two={one.returns}
            most={most}
            label={text('rework.kinds.of', { straight: one.self_loops, later: one.returns })}
          />
        ),
        isWideOnly: true,
      },
      {
        key: 'most',
        name: text('rework.mostInCase'),
        kind: 'count',
        value: (one) => one.most_in_case,
        show: (one, written) => (
          <CasesLink
            and={[repeats(one.activity, one.most_in_case)]}
            label={text('rework.mostInCase.of', { count: one.most_in_case, name: one.activity })}
          >
            {written}
          </CasesLink>
        ),
        isWideOnly: true,
      },
    ];
  }, [repeated, selected, onSelect, text, format]);
  return (
    <SortedTable
      label={text('rework.activities')}
      file={text('rework.activities')}
      columns={columns}
      rows={repeated}
      rowKey={(one) => one.activity}
      start={{ column: 'repeats', isDescending: true }}
      isSelected={(one) => one.activity === selected}
    />
  );
}

/** How long it goes on from the first time to the last one. */
function time(name: string, format: Formats): Column<ReworkActivity> {
  return {
    key: 'again',
    name,
    kind: 'number',
    value: (one) => one.again_s?.median ?? null,
    show: ({ again_s: again }) =>
      again ? (
        <span title={format.duration(again.median)}>{format.durationShort(again.median)}</span>
      ) : (
        '–'
      ),
  };
}
