// What can be done with an activity or a path: shown by a right click, Shift+F10, or from its details.
import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  EyeOff,
  Group,
  ListFilter,
  MousePointerClick,
  Move,
  Pencil,
  Rows3,
  SquareDashedMousePointer,
  Target,
  Ungroup,
} from 'lucide-react';
import { useEffect, useState } from 'react';
import type { MapItem } from '../../pictures/process-map/graph';
import { useText } from '../../text/useText';
import type { LogSearch } from '../explore/search';
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
  /** The activity that is selected. */
  after: string | undefined;
  /** The activities that are marked, in the order in which they were. */
  marked: string[];
  /** The search of the page with the cases of the item. */
  casesOf: (filter: CaseFilter) => LogSearch;
  log: number;
  onSelect: (item: MapItem) => void;
  onFilter: (filter: CaseFilter) => void;
  onMark: (activity: string) => void;
  /** Asks for its target time. */
  onTarget: (item: MapItem) => void;
  onHide: (activities: string[]) => void;
  /** Another name for one, or one for several. */
  onName: (activities: string[]) => void;
  /** The activities of a group by themselves again; missing for what is no group. */
  onUngroup: ((activity: string) => void) | null;
  /** Moves it without dragging. */
  onMove: (activity: string, by: readonly [number, number]) => void;
  /** Back where it would stand; missing for what was not moved. */
  onReset: ((activity: string) => void) | null;
  onClose: () => void;
}

const ICON_SIZE = 15;
/** How far one click moves an activity. */
const MOVE_STEP = 48;
const MOVES = [
  ['left', ArrowLeft, [-MOVE_STEP, 0]],
  ['up', ArrowUp, [0, -MOVE_STEP]],
  ['down', ArrowDown, [0, MOVE_STEP]],
  ['right', ArrowRight, [MOVE_STEP, 0]],
] as const;

export function ItemMenu(props: ItemMenuProps) {
  const { at, after, isProjected, casesOf, log, onSelect, onFilter, onClose } = props;
  const text = useText();
  const { item, x, y } = at;
  useFocusBack();
  const title = item.kind === 'activity' ? item.activity : text('map.path.name', item);
  const others: MapItem[] =
    item.kind === 'activity'
      ? [item]
      : [item, { kind: 'activity', activity: item.from }, { kind: 'activity', activity: item.to }];
  const own = filtersOf(item)[0];
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
        {own && (
          <Menu.Item
            leftSection={<Rows3 size={ICON_SIZE} aria-hidden />}
            renderRoot={(root) => (
              <Link
                to="/cases/$log"
                params={{ log: String(log) }}
                search={casesOf(own)}
                preload={false}
                {...root}
              />
            )}
          >
            {text('map.menu.explore')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<Target size={ICON_SIZE} aria-hidden />}
          onClick={() => props.onTarget(item)}
        >
          {text('map.menu.target')}
        </Menu.Item>
        {item.kind === 'activity' && <ActivityItems {...props} activity={item.activity} />}
        <Menu.Divider />
        <Menu.Label>{text('map.menu.keep')}</Menu.Label>
        {filtersOf(item, after).map((filter) => (
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

/** What can be done with the activity itself, or with all that are marked when it is one of them. */
function ActivityItems({ activity, marked, ...on }: ItemMenuProps & { activity: string }) {
  const text = useText();
  const isMarked = marked.includes(activity);
  const all = isMarked ? marked : [activity];
  const count = all.length;
  const icon = { size: ICON_SIZE, 'aria-hidden': true };
  return (
    <>
      <Menu.Divider />
      <Menu.Item leftSection={<EyeOff {...icon} />} onClick={() => on.onHide(all)}>
        {count > 1 ? text('map.menu.hideAll', { count }) : text('map.menu.hide')}
      </Menu.Item>
      <Menu.Item leftSection={<Pencil {...icon} />} onClick={() => on.onName([activity])}>
        {text('map.menu.renameAs')}
      </Menu.Item>
      {count > 1 && (
        <Menu.Item leftSection={<Group {...icon} />} onClick={() => on.onName(all)}>
          {text('map.menu.groupAll', { count })}
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={<SquareDashedMousePointer {...icon} />}
        onClick={() => on.onMark(activity)}
      >
        {text(isMarked ? 'map.menu.unmark' : 'map.menu.mark')}
      </Menu.Item>
      {on.onUngroup && (
        <Menu.Item leftSection={<Ungroup {...icon} />} onClick={() => on.onUngroup?.(activity)}>
          {text('map.menu.ungroup')}
        </Menu.Item>
      )}
      <div className={styles.moves}>
        <span>{text('map.menu.move')}</span>
        {MOVES.map(([way, Icon, by]) => (
          <Menu.Item
            key={way}
            aria-label={text(`map.menu.move.${way}`, { activity })}
            closeMenuOnClick={false}
            onClick={() => on.onMove(activity, by)}
          >
            <Icon {...icon} />
          </Menu.Item>
        ))}
      </div>
      {on.onReset && (
        <Menu.Item leftSection={<Move {...icon} />} onClick={() => on.onReset?.(activity)}>
          {text('map.menu.reset')}
        </Menu.Item>
      )}
    </>
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
