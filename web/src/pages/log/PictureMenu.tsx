// A part of the page as a picture to take away, with what was looked at above it.
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { ImageDown } from 'lucide-react';
import type { RefObject } from 'react';
import type { PictureKind } from '../../files/picture';
import { useText } from '../../text/useText';
import { type Looked, useLooked } from './looked';
import { useCaption } from './useCaption';
import { useHandOver } from './useHandOver';

export interface PictureMenuProps {
  /** What is drawn. */
  part: RefObject<HTMLElement | null>;
  title: string;
  /** What the picture says of itself, such as of how many cases it is. */
  about?: () => string[];
}

const KINDS: PictureKind[] = ['svg', 'png'];

export function PictureMenu(props: PictureMenuProps) {
  const looked = useLooked();
  return looked && <MenuOf {...props} {...looked} />;
}

function MenuOf({ part, title, about, log, ...looked }: PictureMenuProps & Looked) {
  const text = useText();
  const { version } = looked;
  const caption = useCaption(looked);
  const save = useHandOver(async (kind: PictureKind) => {
    const { exportPart } = await import('../../files/exportPart');
    if (!part.current) return;
    await exportPart(kind, {
      part: part.current,
      log: log.name,
      version: version.number,
      title,
      lines: [...caption, ...(about?.() ?? [])],
    });
  });
  const name = text('map.export.part', { title });
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Tooltip label={name}>
          <ActionIcon variant="default" size="lg" aria-label={name}>
            <ImageDown size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {KINDS.map((kind) => (
          <Menu.Item key={kind} onClick={() => save(kind)}>
            {text(`map.export.${kind}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
