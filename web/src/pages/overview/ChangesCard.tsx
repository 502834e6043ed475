// What is different from the version before: cases and events that came, went and changed.
import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { VersionChanges } from '../../api/overview';
import { failureOf } from '../../api/problem';
import { useFormats } from '../../format';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import { useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { Facts } from '../explore/Facts';
import styles from './Overview.module.css';
import { PlaceLink } from './PlaceLink';

interface ChangesCardProps {
  /** There is no other version. */
  isFirst: boolean;
  query: UseQueryResult<VersionChanges>;
  timeZone: string;
}

export function ChangesCard({ isFirst, query, timeZone }: ChangesCardProps) {
  const text = useText();
  const { data, error } = query;
  const failure = error && failureOf(error);
  const hasNothingBefore =
    isFirst || (failure?.kind === 'problem' && failure.problem.code === 'version_not_found');
  const since = data && { since: data.since.replace(/^\d+@/, '') };
  return (
    <Card
      title={text('overview.changes')}
      coverage={since && text('overview.changes.since', since)}
      actions={
        data && (
          <PlaceLink to="/compare/$log" search={bothVersions(data)}>
            {text('overview.changes.compare')}
          </PlaceLink>
        )
      }
    >
      {hasNothingBefore ? (
        <p className={styles.hint}>{text('overview.changes.first')}</p>
      ) : data ? (
        <Changes changes={data} timeZone={timeZone} />
      ) : failure ? (
        <FailureView failure={failure} onRetry={() => void query.refetch()} />
      ) : (
        <Late>
          <Skeleton height={96} />
        </Late>
      )}
    </Card>
  );
}

/** Whole, as they are compared here: without the filters of the page. */
function bothVersions({ version, since }: VersionChanges) {
  const number = (id: string) => Number(id.replace(/^\d+@/, ''));
  const all = { filters: undefined, paused: undefined };
  return { ...all, version: number(version), against: number(since) };
}

const LISTED = 5;

function Changes({ changes, timeZone }: { changes: VersionChanges; timeZone: string }) {
  const text = useText();
  const format = useFormats(timeZone);
  const { cases, events, activities, before, after, attributes_new, attributes_gone } = changes;
  const isSame = cases.new + cases.gone + cases.changed + events.added + events.removed === 0;
  const lines: [string, ReactNode][] = [
    [
      text('overview.changes.cases'),
      text('overview.changes.cases.of', {
        new: cases.new,
        gone: cases.gone,
        changed: cases.changed,
      }),
    ],
    [
      text('overview.changes.events'),
      text('overview.changes.events.of', { added: events.added, removed: events.removed }),
    ],
  ];
  const medians = [before.case_duration_s?.median, after.case_duration_s?.median] as const;
  if (medians[0] !== undefined && medians[1] !== undefined) {
    lines.push([
      text('overview.durations.median'),
      text('overview.changes.fromTo', {
        before: format.duration(medians[0]),
        after: format.duration(medians[1]),
      }),
    ]);
  }
  if (before.last_event_at && after.last_event_at) {
    lines.push([
      text('overview.data.last'),
      text('overview.changes.fromTo', {
        before: format.date(before.last_event_at),
        after: format.date(after.last_event_at),
      }),
    ]);
  }
  const columns = [...attributes_new.map((one) => `+ ${one.name}`)];
  columns.push(...attributes_gone.map((one) => `− ${one.name}`));
  if (columns.length > 0) lines.push([text('overview.changes.columns'), columns.join(', ')]);
  return (
    <>
      {isSame && <p className={styles.hint}>{text('overview.changes.same')}</p>}
      <Facts lines={lines} className={styles.facts} />
      {activities.length > 0 && (
        <table className={styles.table} aria-label={text('overview.changes.activities')}>
          <thead>
            <tr>
              <th scope="col">{text('overview.changes.activities')}</th>
              <th scope="col">{text('overview.changes.added')}</th>
              <th scope="col">{text('overview.changes.removed')}</th>
            </tr>
          </thead>
          <tbody>
            {activities.slice(0, LISTED).map((one) => (
              <tr key={one.activity}>
                <th scope="row">{one.activity}</th>
                <td>{format.number(one.added, 0)}</td>
                <td>{format.number(one.removed, 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {activities.length > LISTED && (
        <p className={styles.hint}>
          {text('overview.changes.more', { count: activities.length - LISTED })}
        </p>
      )}
    </>
  );
}
