// The versions of a log, newest first.
import { Anchor, Badge, Button, Group, Modal, Text, Tooltip } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Pin, PinOff, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { deleteVersion, logsQuery, pinVersion, rollBack } from '../../api/logs';
import { failureOf } from '../../api/problem';
import type { Log, Version } from '../../api/types';
import { useFormats } from '../../format';
import { FailureView } from '../../shell/FailureView';
import panel from '../../style/panel.module.css';
import table from '../../style/table.module.css';
import { useText } from '../../text/useText';

interface VersionTableProps {
  log: Log;
  versions: Version[];
}

export function VersionTable({ log, versions }: VersionTableProps) {
  const text = useText();
  return (
    <div className={`${panel.panel} ${panel.flush} ${table.frame}`}>
      <table className={table.table}>
        <caption className="only-read-aloud">
          {text('data.versions.table', { name: log.name })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{text('data.version')}</th>
            <th scope="col">{text('data.action')}</th>
            <th scope="col" className={table.mediumOnly}>
              {text('data.created')}
            </th>
            <th scope="col" className={table.number}>
              {text('data.cases')}
            </th>
            <th scope="col" className={`${table.number} ${table.mediumOnly}`}>
              {text('data.events')}
            </th>
            <th scope="col" className={table.wideOnly}>
              {text('data.period')}
            </th>
            <th scope="col" className={`${table.number} ${table.wideOnly}`}>
              {text('data.bytes')}
            </th>
            <th scope="col" className={table.controls}>
              <span className="only-read-aloud">{text('data.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <VersionRow key={version.number} log={log} version={version} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function VersionRow({ log, version }: { log: Log; version: Version }) {
  const text = useText();
  const format = useFormats();
  const { first_event_at: first, last_event_at: last } = version;
  const number = String(version.number);
  return (
    <tr>
      <th scope="row" className={table.nowrap}>
        <Anchor
          inherit
          fw={500}
          renderRoot={(props) => (
            <Link
              to="/data/$log/versions/$version"
              params={{ log: String(log.id), version: number }}
              {...props}
            />
          )}
        >
          {text('shell.log.version', { number })}
        </Anchor>
        <Group gap={4}>
          {version.is_current && <Badge size="sm">{text('data.version.current')}</Badge>}
          {version.pinned && (
            <Badge size="sm" variant="default" leftSection={<Pin size={11} aria-hidden />}>
              {text('data.version.pinned')}
            </Badge>
          )}
        </Group>
        {version.damaged && (
          <Text size="xs" c="var(--bad)" style={{ whiteSpace: 'normal' }}>
            {text('data.version.damaged', { reason: version.damaged })}
          </Text>
        )}
      </th>
      <td>
        {text(`data.action.${version.action}`)}
        {version.action !== 'demo' && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {version.source}
          </Text>
        )}
      </td>
      <td className={`${table.nowrap} ${table.mediumOnly}`}>
        {format.dateTime(version.created_at)}
      </td>
      <td className={table.number}>{format.number(version.cases)}</td>
      <td className={`${table.number} ${table.mediumOnly}`}>{format.number(version.events)}</td>
      <td className={`${table.nowrap} ${table.wideOnly}`}>
        {first && last && format.period(first, last)}
      </td>
      <td className={`${table.number} ${table.wideOnly}`}>{format.bytes(version.bytes)}</td>
      <td className={table.controls}>
        <VersionControls log={log} version={version} />
      </td>
    </tr>
  );
}

type Asked = 'nothing' | 'rollBack' | 'delete';

function VersionControls({ log, version }: { log: Log; version: Version }) {
  const text = useText();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Asked>('nothing');
  const acting = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSuccess: async () => {
      setAsked('nothing');
      await queries.invalidateQueries(logsQuery);
    },
  });
  const number = String(version.number);
  const icon = { size: 15, 'aria-hidden': true } as const;
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <Tooltip label={text(version.pinned ? 'data.version.unpin' : 'data.version.pin')}>
        <Button
          size="compact-sm"
          variant="subtle"
          aria-label={text(version.pinned ? 'data.version.unpin.named' : 'data.version.pin.named', {
            number,
          })}
          onClick={() => acting.mutate(() => pinVersion(log.id, version.number, !version.pinned))}
        >
          {version.pinned ? <PinOff {...icon} /> : <Pin {...icon} />}
        </Button>
      </Tooltip>
      {!version.is_current && !version.damaged && (
        <Tooltip label={text('data.rollBack')}>
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={text('data.rollBack.named', { number })}
            onClick={() => setAsked('rollBack')}
          >
            <RotateCcw {...icon} />
          </Button>
        </Tooltip>
      )}
      {!version.is_current && !version.pinned && (
        <Tooltip label={text('data.version.delete')}>
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            aria-label={text('data.version.delete.named', { number })}
            onClick={() => setAsked('delete')}
          >
            <Trash2 {...icon} />
          </Button>
        </Tooltip>
      )}
      <Modal
        opened={asked !== 'nothing' || acting.isError}
        onClose={() => {
          setAsked('nothing');
          acting.reset();
        }}
        title={text(asked === 'delete' ? 'data.version.delete.named' : 'data.rollBack.named', {
          number,
        })}
        closeButtonProps={{ 'aria-label': text('action.close') }}
      >
        <Text size="sm">
          {text(asked === 'delete' ? 'data.version.delete.detail' : 'data.rollBack.detail')}
        </Text>
        {acting.error && <FailureView failure={failureOf(acting.error)} />}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setAsked('nothing')}>
            {text('action.cancel')}
          </Button>
          {asked === 'rollBack' && (
            <Button
              data-autofocus
              loading={acting.isPending}
              onClick={() => acting.mutate(() => rollBack(log.id, version.number))}
            >
              {text('data.rollBack')}
            </Button>
          )}
          {asked === 'delete' && (
            <Button
              data-autofocus
              color="red"
              loading={acting.isPending}
              onClick={() => acting.mutate(() => deleteVersion(log.id, version.number))}
            >
              {text('data.version.delete')}
            </Button>
          )}
        </Group>
      </Modal>
    </Group>
  );
}
