// Which log and version is open, and the way to another.
import { Menu, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ChevronsUpDown, Settings2 } from 'lucide-react';
import { logsQuery, versionQuery } from '../api/logs';
import type { Log, Version } from '../api/types';
import { useFormats } from '../format';
import { PLACES, type Place } from '../pages/explore/places';
import { useSettings } from '../settings';
import { useText } from '../text/useText';
import styles from './LogSwitcher.module.css';
import { useShownVersion } from './shownVersion';

export function LogSwitcher() {
  const text = useText();
  const navigate = useNavigate();
  const { data: logs } = useQuery(logsQuery);
  const { log: openLog } = useParams({ strict: false });
  const { lastLog } = useSettings();
  const path = useLocation({ select: ({ pathname }) => pathname });
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
            {open && <OpenFacts log={open} />}
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
            // Filters and version are those of the log that is left.
            onClick={() => navigate({ to: samePlace(path), params: { log: String(log.id) } })}
          >
            <span className={styles.itemName}>{log.name}</span>
            <LogFacts version={log.current} />
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

/** What is looked at stays what it is; from elsewhere the map is opened. */
export function samePlace(path: string): Place['to'] {
  const here = PLACES.find(({ last }) => path.startsWith(`${last}/`));
  return here?.to ?? '/map/$log';
}

/** Of the version that the page shows or the address names, else of the current one. */
function OpenFacts({ log: { id, current } }: { log: Log }) {
  const { version: named } = useSearch({ strict: false });
  const shown = useShownVersion(id) ?? (typeof named === 'number' ? named : current?.number);
  const isCurrent = shown === current?.number;
  const other = useQuery({ ...versionQuery(id, shown ?? 0), enabled: !isCurrent });
  return <LogFacts version={isCurrent ? current : other.data} />;
}

function LogFacts({ version }: { version: Version | null | undefined }) {
  const text = useText();
  const format = useFormats(version?.time_zone);
  if (!version) return null;
  const { first_event_at: first, last_event_at: last } = version;
  const facts = [
    text('shell.log.version', { number: String(version.number) }),
    text('shell.log.size', { count: version.events }),
    ...(first && last ? [format.period(first, last)] : []),
  ];
  const said = facts.join(' · ');
  return (
    <span className={styles.facts} title={said}>
      {said}
    </span>
  );
}
