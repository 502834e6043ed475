// The list of logs: what each holds, how fresh it is, and what can be done with it.
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Log } from '../../api/types';
import { useFormats } from '../../format';
import { useNow } from '../../shell/useNow';
import panel from '../../style/panel.module.css';
import table from '../../style/table.module.css';
import { useText } from '../../text/useText';
import { LogActions } from './LogActions';

export function LogTable({ logs }: { logs: Log[] }) {
  const text = useText();
  return (
    <div className={`${panel.panel} ${panel.flush} ${table.frame}`}>
      <table className={table.table}>
        <caption className="only-read-aloud">{text('data.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{text('data.name')}</th>
            <th scope="col" className={table.number}>
              {text('data.cases')}
            </th>
            <th scope="col" className={`${table.number} ${table.mediumOnly}`}>
              {text('data.events')}
            </th>
            <th scope="col" className={table.mediumOnly}>
              {text('data.period')}
            </th>
            <th scope="col" className={table.wideOnly}>
              {text('data.source')}
            </th>
            <th scope="col" className={table.wideOnly}>
              {text('data.imported')}
            </th>
            <th scope="col" className={`${table.number} ${table.mediumOnly}`}>
              {text('data.versions')}
            </th>
            <th scope="col" className={table.controls}>
              <span className="only-read-aloud">{text('data.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {logs.map((log) => (
            <LogRow key={log.id} log={log} names={logs.map((other) => other.name)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LogRow({ log, names }: { log: Log; names: string[] }) {
  const text = useText();
  const format = useFormats();
  const now = useNow(false);
  const { current } = log;
  const params = { log: String(log.id) };
  const { first_event_at: first, last_event_at: last } = current ?? {};
  return (
    <tr>
      <th scope="row">
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
          {log.name}
        </Anchor>
      </th>
      <td className={table.number}>{current && format.number(current.cases)}</td>
      <td className={`${table.number} ${table.mediumOnly}`}>
        {current && format.number(current.events)}
      </td>
      <td className={`${table.nowrap} ${table.mediumOnly}`}>
        {first && last && format.period(first, last)}
      </td>
      <td className={table.wideOnly}>{current && <Source log={log} />}</td>
      <td className={`${table.nowrap} ${table.wideOnly}`}>
        {current && (
          <time dateTime={current.created_at} title={format.dateTime(current.created_at)}>
            {format.ago(current.created_at, now)}
          </time>
        )}
      </td>
      <td className={`${table.number} ${table.mediumOnly}`}>
        <Anchor
          inherit
          renderRoot={(props) => <Link to="/data/$log" params={params} {...props} />}
          aria-label={text('data.versions.of', { name: log.name, count: log.version_count })}
        >
          {format.number(log.version_count)}
        </Anchor>
      </td>
      <td className={table.controls}>
        <LogActions log={log} otherNames={names.filter((name) => name !== log.name)} />
      </td>
    </tr>
  );
}

function Source({ log: { current } }: { log: Log }) {
  const text = useText();
  if (!current) return null;
  return current.action === 'demo' ? text('data.source.demo') : current.source;
}
