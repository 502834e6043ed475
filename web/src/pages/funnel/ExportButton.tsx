// The picture as a file; what makes it is loaded when it is wanted.
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { Download } from 'lucide-react';
import type { RefObject } from 'react';
import type { Log, Version } from '../../api/types';
import type { PictureKind } from '../../files/picture';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { useHandOver } from '../log/useHandOver';

interface ExportButtonProps {
  log: Log;
  version: Version;
  filters: unknown[];
  /** Has the picture in it. */
  frame: RefObject<HTMLElement | null>;
  title: string;
  /** What was looked at, for a reader who has only the picture. */
  lines: string[];
  /** What the colours mean. */
  legend: { name: string; colour: string }[];
}

export function ExportButton({ frame, ...of }: ExportButtonProps) {
  const text = useText();
  const format = useFormats();
  const start = useHandOver(async (kind: PictureKind) => {
    const svg = frame.current?.querySelector('svg');
    if (!svg) return;
    const { exportPicture } = await import('./exportFunnel');
    await exportPicture(kind, { ...of, svg }, { text, format });
  });
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Tooltip label={text('map.export')}>
          <ActionIcon variant="default" size="lg" aria-label={text('map.export')}>
            <Download size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {(['svg', 'png'] as const).map((kind) => (
          <Menu.Item key={kind} onClick={() => start(kind)}>
            {text(`map.export.${kind}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
