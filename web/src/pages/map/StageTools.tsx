// The buttons on the stage: zoom, fit, table, find, keys, export.
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import {
  Download,
  Keyboard,
  Link2,
  type LucideIcon,
  Maximize,
  Minus,
  Play,
  Plus,
  RotateCcw,
  ScanText,
  Search,
  Table2,
  Waypoints,
} from 'lucide-react';
import type { TextKey } from '../../text/messages';
import { useText } from '../../text/useText';
import type { ExportKind } from '../log/useHandOver';
import styles from './MapView.module.css';

export interface StageActions {
  zoomIn: () => void;
  zoomOut: () => void;
  fit: () => void;
  read: () => void;
  table: () => void;
  replay: () => void;
  find: () => void;
  help: () => void;
  /** Puts activities that were moved back; only where there are any. */
  reset?: () => void;
  export: (kind: ExportKind) => void;
}

/** One that says by turns what it does has a name that stays: it keeps the focus. */
type Tool = readonly [TextKey, LucideIcon, () => void, key?: string];

interface StageToolsProps {
  actions: StageActions;
  isTable: boolean;
  /** Whether there is a picture to move and to export. */
  hasPicture: boolean;
}

export function StageTools({ actions, isTable, hasPicture }: StageToolsProps) {
  const move: Tool[] = [
    ['map.tools.zoomIn', Plus, actions.zoomIn],
    ['map.tools.zoomOut', Minus, actions.zoomOut],
    ['map.tools.fit', Maximize, actions.fit],
    ['map.tools.read', ScanText, actions.read],
    ...(actions.reset ? [['map.tools.reset', RotateCcw, actions.reset] as const] : []),
    ['map.tools.replay', Play, actions.replay],
  ];
  const other: Tool[] = [
    ['map.tools.find', Search, actions.find],
    isTable
      ? ['map.tools.picture', Waypoints, actions.table, 'table']
      : ['map.tools.table', Table2, actions.table, 'table'],
    ['map.tools.help', Keyboard, actions.help],
  ];
  const text = useText();
  return (
    <div className={styles.tools} role="toolbar" aria-label={text('map.tools')}>
      {hasPicture && <Tools tools={move} />}
      <Tools tools={other} />
      <ExportMenu onExport={actions.export} hasPicture={hasPicture} />
    </div>
  );
}

function Tools({ tools }: { tools: Tool[] }) {
  const text = useText();
  return (
    <ActionIcon.Group orientation="vertical" className={styles.card ?? ''}>
      {tools.map(([name, Icon, act, key = name]) => (
        <Tooltip key={key} label={text(name)} position="left">
          <ActionIcon variant="default" size={32} aria-label={text(name)} onClick={act}>
            <Icon size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </ActionIcon.Group>
  );
}

interface ExportMenuProps {
  onExport: (kind: ExportKind) => void;
  hasPicture: boolean;
}

function ExportMenu({ onExport, hasPicture }: ExportMenuProps) {
  const text = useText();
  const kinds: ExportKind[] = hasPicture ? ['svg', 'png', 'csv', 'link'] : ['csv', 'link'];
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Tooltip label={text('map.export')} position="left">
          <ActionIcon
            variant="default"
            size={32}
            className={styles.card ?? ''}
            aria-label={text('map.export')}
          >
            <Download size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {kinds.map((kind) => (
          <Menu.Item
            key={kind}
            leftSection={kind === 'link' ? <Link2 size={15} aria-hidden /> : undefined}
            onClick={() => onExport(kind)}
          >
            {text(kind === 'link' && !hasPicture ? 'map.export.link.table' : `map.export.${kind}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
