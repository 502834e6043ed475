// One repeated activity: its figures, and what can be done with its cases.
import { Button, CloseButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReworkActivity } from '../../api/rework';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CasesLink } from '../explore/CasesLink';
import { Facts } from '../explore/Facts';
import { repeats, repeatsDirectly, withFilter } from '../explore/filters';
import parts from '../explore/Parts.module.css';
import styles from './Rework.module.css';

interface RepeatedActivityProps {
  activity: ReworkActivity;
  log: number;
  version: number | undefined;
  /** Whether auxiliary activities are looked at too. */
  auxiliary: boolean;
  filters: unknown[];
  onFilters: (filters: unknown[]) => void;
  onClose: () => void;
}

export function RepeatedActivity(props: RepeatedActivityProps) {
  const { activity, log, version, auxiliary, filters, onFilters, onClose } = props;
  const text = useText();
  const format = useFormats();
  const figures: [string, string][] = [
    [text('rework.share'), format.percent(activity.share_with_repeat ?? 0)],
    [text('rework.repeats'), format.number(activity.repeats, 0)],
    [text('rework.straight'), format.number(activity.self_loops, 0)],
    [text('rework.later'), format.number(activity.returns, 0)],
    [text('rework.mostInCase'), format.number(activity.most_in_case, 0)],
  ];
  if (activity.again_s) {
    figures.push(
      [text('rework.again'), format.duration(activity.again_s.median)],
      [text('rework.again.p90'), format.duration(activity.again_s.p90)],
      [text('rework.again.total'), format.duration(activity.again_s.total)],
    );
  }
  const keep = (filter: Record<string, unknown>) => onFilters(withFilter(filters, filter));
  return (
    <Card
      title={activity.activity}
      coverage={text('rework.one', { repeated: activity.cases_with_repeat, cases: activity.cases })}
      actions={<CloseButton aria-label={text('rework.close')} onClick={onClose} />}
    >
      <Facts lines={figures} className={parts.figures} />
      {activity.cases_with_repeat > 0 && (
        <div className={`${parts.buttons} not-printed`}>
          <Button size="xs" onClick={() => keep(repeats(activity.activity))}>
            {text('rework.keep')}
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={() => keep({ not: repeats(activity.activity) })}
          >
            {text('rework.drop')}
          </Button>
        </div>
      )}
      <ul className={styles.links}>
        {activity.cases_with_repeat > 0 && (
          <li>
            <CasesLink and={[repeats(activity.activity)]}>{text('rework.showCases')}</CasesLink>
          </li>
        )}
        {activity.self_loops > 0 && (
          <li>
            <CasesLink and={[repeatsDirectly(activity.activity, auxiliary)]}>
              {text('rework.showStraight')}
            </CasesLink>
          </li>
        )}
        <li>
          <Link
            to="/map/$log"
            params={{ log: String(log) }}
            search={{
              version,
              activity: activity.activity,
              filters: filters.length > 0 ? filters : undefined,
            }}
          >
            {text('rework.showMap')}
          </Link>
        </li>
      </ul>
    </Card>
  );
}
