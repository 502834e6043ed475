// What can be done with an activity or a path: shown by a right click, Shift+F10, or from its details.
import { Menu } from '@mantine/core';
import { ListFilter, MousePointerClick } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { MapItem } from '../../pictures/process-map/graph';
import { useText } from '../../text/useText';
import { type CaseFilter, filtersOf, wordsOf } from './caseFilters';
import styles from './MapView.module.css';

export interface MenuAt {
  item: MapItem;
  /** Place in the window. */
  x: number;
  y: number;
}

interface ItemMenuProps {
  at: MenuAt;
  /** Whether hidden activities lie between those of the map. */
  isProjected: boolean;
  onSelect: (item: MapItem) => void;
  onFilter: (filter: CaseFilter) => void;
  onClose: () => void;
}

const ICON_SIZE = 15;

export function ItemMenu({ at, isProjected, onSelect, onFilter, onClose }: ItemMenuProps) {
  const text = useText();
  const { item, x, y } = at;
  useFocusBack();
  const title = item.kind === 'activity' ? item.activity : text('map.path.name', item);
  const others: MapItem[] =
    item.kind === 'activity'
      ? [item]
      : [item, { kind: 'activity', activity: item.from }, { kind: 'activity', activity: item.to }];
  const isHidden = isProjected && item.kind === 'path';
  return (
    <Menu opened onClose={onClose} position="bottom-start" shadow="md" withinPortal>
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={title}
          className={styles.anchor}
          style={{ left: x, top: y }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={title} maw={360}>
        <Menu.Label>{title}</Menu.Label>
        {others.map((one) => (
          <Menu.Item
            key={one.kind === 'path' ? 'path' : `activity ${one.activity}`}
            leftSection={<MousePointerClick size={ICON_SIZE} aria-hidden />}
            onClick={() => onSelect(one)}
          >
            {one === item
              ? text('map.menu.details')
              : text('map.menu.detailsOf', {
                  activity: one.kind === 'activity' ? one.activity : '',
                })}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{text('map.menu.keep')}</Menu.Label>
        {filtersOf(item).map((filter) => (
          <Menu.Item
            key={JSON.stringify(filter)}
            leftSection={<ListFilter size={ICON_SIZE} aria-hidden />}
            onClick={() => onFilter(filter)}
          >
            {wordsOf(filter, text)}
          </Menu.Item>
        ))}
        {isHidden && <Menu.Label>{text('map.menu.projected')}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The focus goes back to where it was when the menu came. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement || before instanceof SVGElement) {
        before.focus({ preventScroll: true });
      }
    },
    [before],
  );
}
