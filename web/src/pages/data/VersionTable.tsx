// The versions of a log, newest first.
import { Anchor, Badge, Button, Group, Modal, Text, Tooltip } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type LucideIcon, Pin, PinOff, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { deleteVersion, logsQuery, pinVersion, rollBack } from '../../api/logs';
import { failureOf } from '../../api/problem';
import type { Log, Version } from '../../api/types';
import { type Formats, useFormats, useFormatsOf } from '../../format';
import { FailureView } from '../../shell/FailureView';
import { type Say, useText } from '../../text/useText';
import { type SheetColumn, SheetTable } from './SheetTable';

interface VersionTableProps {
  log: Log;
  versions: Version[];
}

export function VersionTable({ log, versions }: VersionTableProps) {
  const text = useText();
  const format = useFormats();
  const formatOf = useFormatsOf();
  const columns: SheetColumn<Version>[] = [
    ...origin(log, text, format),
    ...contents(text, format, formatOf),
    {
      name: text('data.actions'),
      kind: 'controls',
      cell: (version) => <VersionControls log={log} version={version} />,
    },
  ];
  return (
    <SheetTable
      caption={text('data.versions.table', { name: log.name })}
      columns={columns}
      rows={versions}
      keyOf={(version) => version.number}
    />
  );
}

/** Which version it is, how it came about, and when. */
function origin(log: Log, text: Say, format: Formats): SheetColumn<Version>[] {
  return [
    { name: text('data.version'), cell: (version) => <Name log={log} version={version} /> },
    {
      name: text('data.action'),
      cell: ({ action, source }) => (
        <>
          {text(`data.action.${action}`)}
          {action !== 'demo' && (
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {source}
            </Text>
          )}
        </>
      ),
    },
    {
      name: text('data.created'),
      kind: 'moment',
      from: 'medium',
      cell: (version) => format.dateTime(version.created_at),
    },
  ];
}

function contents(
  text: Say,
  format: Formats,
  formatOf: (of: Version) => Formats,
): SheetColumn<Version>[] {
  return [
    {
      name: text('data.cases'),
      kind: 'number',
      cell: ({ cases }) => format.number(cases),
    },
    {
      name: text('data.events'),
      kind: 'number',
      from: 'medium',
      cell: ({ events }) => format.number(events),
    },
    {
      name: text('data.period'),
      kind: 'moment',
      from: 'wide',
      cell: (version) => {
        const { first_event_at: first, last_event_at: last } = version;
        return first && last && formatOf(version).period(first, last);
      },
    },
    {
      name: text('data.bytes'),
      kind: 'number',
      from: 'wide',
      cell: ({ bytes }) => format.bytes(bytes),
    },
  ];
}

/** The way to the report of the version, and what is to be known of it. */
function Name({ log, version }: { log: Log; version: Version }) {
  const text = useText();
  const number = String(version.number);
  return (
    <>
      <Anchor
        inherit
        fw={500}
        style={{ whiteSpace: 'nowrap' }}
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
        {version.is_current && (
          <Badge size="sm" miw="max-content">
            {text('data.version.current')}
          </Badge>
        )}
        {version.pinned && (
          <Badge
            size="sm"
            miw="max-content"
            variant="default"
            leftSection={<Pin size={11} aria-hidden />}
          >
            {text('data.version.pinned')}
          </Badge>
        )}
      </Group>
      {version.damaged && (
        <Text size="xs" c="var(--bad)">
          {text('data.version.damaged', { reason: version.damaged })}
        </Text>
      )}
    </>
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
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <IconButton
        label={text(version.pinned ? 'data.version.unpin' : 'data.version.pin')}
        name={text(version.pinned ? 'data.version.unpin.named' : 'data.version.pin.named', {
          number,
        })}
        icon={version.pinned ? PinOff : Pin}
        onClick={() => acting.mutate(() => pinVersion(log.id, version.number, !version.pinned))}
      />
      {!version.is_current && !version.damaged && (
        <IconButton
          label={text('data.rollBack')}
          name={text('data.rollBack.named', { number })}
          icon={RotateCcw}
          onClick={() => setAsked('rollBack')}
        />
      )}
      {!version.is_current && !version.pinned && (
        <IconButton
          label={text('data.version.delete')}
          name={text('data.version.delete.named', { number })}
          icon={Trash2}
          color="red"
          onClick={() => setAsked('delete')}
        />
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

interface IconButtonProps {
  label: string;
  /** What is read aloud: the label and what it is about. */
  name: string;
  icon: LucideIcon;
  color?: string;
  onClick: () => void;
}

function IconButton({ label, name, icon: Icon, color, onClick }: IconButtonProps) {
  return (
    <Tooltip label={label}>
      <Button
        size="compact-sm"
        variant="subtle"
        aria-label={name}
        onClick={onClick}
        {...(color ? { color } : {})}
      >
        <Icon size={15} aria-hidden />
      </Button>
    </Tooltip>
  );
}
