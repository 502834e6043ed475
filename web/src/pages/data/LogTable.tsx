// The list of logs: what each holds, how fresh it is, and what can be done with it.
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Log, Version } from '../../api/types';
import { type Formats, useFormats, useFormatsOf } from '../../format';
import { useNow } from '../../shell/useNow';
import { type Say, useText } from '../../text/useText';
import { LogActions } from './LogActions';
import { type SheetColumn, SheetTable } from './SheetTable';

export function LogTable({ logs }: { logs: Log[] }) {
  const text = useText();
  const format = useFormats();
  const formatOf = useFormatsOf();
  const now = useNow(false);
  const columns: SheetColumn<Log>[] = [
    { name: text('data.name'), cell: (log) => <Name log={log} /> },
    ...contents(text, format, formatOf),
    {
      name: text('data.imported'),
      kind: 'moment',
      from: 'wide',
      cell: ({ current }) =>
        current && (
          <time dateTime={current.created_at} title={format.dateTime(current.created_at)}>
            {format.ago(current.created_at, now)}
          </time>
        ),
    },
    {
      name: text('data.versions'),
      kind: 'number',
      from: 'medium',
      cell: ({ id, name, version_count: count }) => (
        <Anchor
          inherit
          renderRoot={(props) => <Link to="/data/$log" params={{ log: String(id) }} {...props} />}
          aria-label={text('data.versions.of', { name, count })}
        >
          {format.number(count)}
        </Anchor>
      ),
    },
    {
      name: text('data.actions'),
      kind: 'controls',
      cell: (log) => (
        <LogActions
          log={log}
          otherNames={logs.filter((other) => other !== log).map((other) => other.name)}
        />
      ),
    },
  ];
  return (
    <SheetTable
      caption={text('data.table')}
      columns={columns}
      rows={logs}
      keyOf={(log) => log.id}
    />
  );
}

/** What the current version holds, and where it is from. */
function contents(
  text: Say,
  format: Formats,
  formatOf: (of: Version) => Formats,
): SheetColumn<Log>[] {
  return [
    {
      name: text('data.cases'),
      kind: 'number',
      cell: ({ current }) => current && format.number(current.cases),
    },
    {
      name: text('data.events'),
      kind: 'number',
      from: 'medium',
      cell: ({ current }) => current && format.number(current.events),
    },
    {
      name: text('data.period'),
      kind: 'moment',
      from: 'medium',
      cell: ({ current }) =>
        current?.first_event_at &&
        current.last_event_at &&
        formatOf(current).period(current.first_event_at, current.last_event_at),
    },
    {
      name: text('data.source'),
      from: 'wide',
      cell: ({ current }) =>
        current && (current.action === 'demo' ? text('data.source.demo') : current.source),
    },
  ];
}

/** The way to the map, or to the versions of a log without one. */
function Name({ log: { id, name, current } }: { log: Log }) {
  const params = { log: String(id) };
  return (
    <Anchor
      inherit
      fw={500}
      renderRoot={(props) =>
        current ? (
          <Link to="/map/$log" params={params} {...props} />
        ) : (
          <Link to="/data/$log" params={params} {...props} />
        )
      }
    >
      {name}
    </Anchor>
  );
}
