// What can be done with one log.
import { ActionIcon, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { FilePlus, History, Map as MapIcon, MoreHorizontal, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { FormatLosses } from '../../api/logs';
import type { Log } from '../../api/types';
import { useText } from '../../text/useText';
import { DeleteLog } from './DeleteLog';
import { ExportItems } from './ExportItems';
import { ExportLosses } from './ExportLosses';
import { RenameLog } from './RenameLog';

export function LogActions({ log, otherNames }: { log: Log; otherNames: string[] }) {
  const text = useText();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'none' | 'rename' | 'delete'>('none');
  const close = () => setDialog('none');
  const [lossy, setLossy] = useState<FormatLosses>();
  const params = { log: String(log.id) };
  const { current } = log;
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={text('data.actions.of', { name: log.name })}
          >
            <MoreHorizontal size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<MapIcon size={16} aria-hidden />}
            disabled={!current}
            onClick={() => navigate({ to: '/map/$log', params })}
          >
            {text('data.openMap')}
          </Menu.Item>
          <Menu.Item
            leftSection={<History size={16} aria-hidden />}
            onClick={() => navigate({ to: '/data/$log', params })}
          >
            {text('data.openVersions')}
          </Menu.Item>
          <Menu.Item
            leftSection={<FilePlus size={16} aria-hidden />}
            onClick={() => navigate({ to: '/data/import', search: { into: log.id } })}
          >
            {text('data.addEvents')}
          </Menu.Item>
          {current && (
            <>
              <Menu.Label>{text('data.export')}</Menu.Label>
              <ExportItems log={log.id} version={current.number} onLossy={setLossy} />
            </>
          )}
          <Menu.Divider />
          <Menu.Item
            leftSection={<Pencil size={16} aria-hidden />}
            onClick={() => setDialog('rename')}
          >
            {text('data.rename')}
          </Menu.Item>
          <Menu.Item
            leftSection={<Trash2 size={16} aria-hidden />}
            color="var(--bad)"
            onClick={() => setDialog('delete')}
          >
            {text('data.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {lossy && current && (
        <ExportLosses
          log={log.id}
          version={current.number}
          chosen={lossy}
          onClose={() => setLossy(undefined)}
        />
      )}
      {dialog === 'rename' && <RenameLog log={log} otherNames={otherNames} onClose={close} />}
      {dialog === 'delete' && <DeleteLog log={log} onClose={close} />}
    </>
  );
}
