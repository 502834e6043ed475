// What else can be done with a filter: its place among the others, and the groups it is part of.
import { ActionIcon, Menu } from '@mantine/core';
import { Ellipsis } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useText } from '../text/useText';
import type { ChipActs } from './ChipView';
import type { Chip } from './chips';
import { keepsOf } from './filter';

/** Loaded when the menu is opened. */
const ChipItems = lazy(async () => ({ default: (await import('./ChipItems')).ChipItems }));

export interface ChipMenuProps extends Omit<ChipActs, 'onEdit'> {
  chips: Chip[];
  chip: Chip;
  idx: number;
  said: string;
}

export function ChipMenu(props: ChipMenuProps) {
  const { chips, chip, said } = props;
  const text = useText();
  const mayJoin = keepsOf(chip.filter) === 'cases' && !chip.isPaused;
  if (chips.length < 2 && !mayJoin) return null;
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <ActionIcon
          size={24}
          variant="subtle"
          color="gray"
          aria-label={text('filters.menu', { filter: said })}
        >
          <Ellipsis size={14} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown maw={400}>
        <Suspense>
          <ChipItems {...props} mayJoin={mayJoin} />
        </Suspense>
      </Menu.Dropdown>
    </Menu>
  );
}
