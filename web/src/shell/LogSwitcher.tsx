// Which log and version is open, and the way to another.
import { Menu, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { ChevronsUpDown, Settings2 } from 'lucide-react';
import { logsQuery, schemaQuery } from '../api/logs';
import type { Log } from '../api/types';
import { useFormats } from '../format';
import { useSettings } from '../settings';
import { useText } from '../text/useText';
import styles from './LogSwitcher.module.css';

export function LogSwitcher() {
  const text = useText();
  const navigate = useNavigate();
  const { data: logs } = useQuery(logsQuery);
  const { log: openLog } = useParams({ strict: false });
  const { lastLog } = useSettings();
  if (!logs) return <div className={styles.name}>{text('product')}</div>;
  if (logs.length === 0) return <div className={styles.name}>{text('shell.log.none')}</div>;
  const open = logs.find((log) => log.id === (openLog ? Number(openLog) : lastLog));
  return (
    <Menu
      position="bottom-start"
      width={320}
      shadow="md"
      classNames={{ itemLabel: styles.item ?? '' }}
    >
      <Menu.Target>
        <UnstyledButton className={styles.switcher}>
          <span className={styles.words}>
            <span className={styles.name}>{open?.name ?? text('shell.log.choose')}</span>
            {open && <LogFacts log={open} />}
            {open && <span className="only-read-aloud">{text('shell.log.choose')}</span>}
          </span>
          <ChevronsUpDown size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={styles.list}>
        {logs.map((log) => (
          <Menu.Item
            key={log.id}
            aria-current={log.id === open?.id ? 'true' : undefined}
            disabled={!log.current}
            onClick={() => navigate({ to: '/map/$log', params: { log: String(log.id) } })}
          >
            <span className={styles.itemName}>{log.name}</span>
            <LogFacts log={log} />
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<Settings2 size={16} aria-hidden />}
          onClick={() => navigate({ to: '/data' })}
        >
          {text('shell.log.manage')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function LogFacts({ log: { id, current } }: { log: Log }) {
  const text = useText();
  const query = schemaQuery(id, current?.number ?? 0);
  const schema = useQuery({ ...query, enabled: current != null });
  // Its days are those of its own zone.
  const format = useFormats(schema.data?.time_zone);
  if (!current) return null;
  const { first_event_at: first, last_event_at: last } = current;
  const facts = [
    text('shell.log.version', { number: String(current.number) }),
    text('shell.log.size', { count: current.events }),
    ...(first && last ? [format.period(first, last)] : []),
  ];
  const said = facts.join(' · ');
  return (
    <span className={styles.facts} title={said}>
      {said}
    </span>
  );
}
