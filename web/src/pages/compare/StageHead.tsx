// What the maps show, and what can be done with them: view, metric, zoom, files.
import { ActionIcon, Menu, SegmentedControl, Tooltip } from '@mantine/core';
import { Download, type LucideIcon, Maximize, Minus, Plus, ScanText } from 'lucide-react';
import type { Compared, Side } from '../../pictures/process-map/compared';
import type { TextKey } from '../../text/messages';
import { useText } from '../../text/useText';
import type { ExportKind } from '../log/useHandOver';
import styles from './Compare.module.css';
import type { View } from './Maps';

interface StageHeadProps {
  view: View;
  metric: Compared;
  side: Side;
  actions: Record<'zoomIn' | 'zoomOut' | 'fit' | 'read', () => void>;
  onView: (view: View) => void;
  onMetric: (metric: Compared) => void;
  onSide: (side: Side) => void;
  onExport: (kind: ExportKind) => void;
}

export function StageHead(props: StageHeadProps) {
  const { view, metric, side, actions, onView, onMetric, onSide, onExport } = props;
  const text = useText();
  const isPicture = view !== 'table';
  const tools: [TextKey, LucideIcon, () => void][] = [
    ['map.tools.zoomIn', Plus, actions.zoomIn],
    ['map.tools.zoomOut', Minus, actions.zoomOut],
    ['map.tools.fit', Maximize, actions.fit],
    ['map.tools.read', ScanText, actions.read],
  ];
  return (
    <div className={`${styles.head} not-printed`}>
      <SegmentedControl
        size="xs"
        aria-label={text('compare.show')}
        value={view}
        onChange={(next) => onView(next as View)}
        data={(['sides', 'difference', 'table'] as const).map((value) => ({
          value,
          label: text(`compare.show.${value}`),
        }))}
      />
      {isPicture && (
        <SegmentedControl
          size="xs"
          aria-label={text('compare.metric')}
          value={metric}
          onChange={(next) => onMetric(next as Compared)}
          data={(['share', 'time'] as const).map((value) => ({
            value,
            label: text(`compare.metric.${value}`),
          }))}
        />
      )}
      {view === 'sides' && (
        <SegmentedControl
          size="xs"
          className={styles.which ?? ''}
          aria-label={text('compare.which')}
          value={side}
          onChange={(next) => onSide(next === 'b' ? 'b' : 'a')}
          data={(['a', 'b'] as const).map((value) => ({
            value,
            label: text(`compare.side.${value}`),
          }))}
        />
      )}
      <div className={styles.tools} role="toolbar" aria-label={text('map.tools')}>
        {isPicture &&
          tools.map(([name, Icon, act]) => (
            <Tooltip key={name} label={text(name)}>
              <ActionIcon variant="default" size={30} aria-label={text(name)} onClick={act}>
                <Icon size={15} aria-hidden />
              </ActionIcon>
            </Tooltip>
          ))}
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <Tooltip label={text('map.export')}>
              <ActionIcon variant="default" size={30} aria-label={text('map.export')}>
                <Download size={15} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown>
            {(isPicture
              ? (['svg', 'png', 'csv', 'link'] as const)
              : (['csv', 'link'] as const)
            ).map((kind) => (
              <Menu.Item key={kind} onClick={() => onExport(kind)}>
                {text(kind === 'csv' ? 'compare.export.csv' : `map.export.${kind}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </div>
  );
}
