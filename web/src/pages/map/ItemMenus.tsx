// What is open on an item of the map: its menu, or the dialog of its target. The map is not drawn
// anew when they open and close.
import { lazy, type Ref, Suspense, useImperativeHandle, useState } from 'react';
import type { MapGraph, MapItem } from '../../pictures/process-map/graph';
import { needTexts } from '../../text/catalogue';
import { sharedSearch } from '../explore/search';
import type { MenuAt } from './ItemMenu';
import type { MapSearch } from './search';
import type { MapEdits } from './useMapEdits';

/** Loaded when they are asked for. */
const ItemMenu = lazy(async () => ({ default: (await import('./ItemMenu')).ItemMenu }));
/** With its words. */
const TargetDialog = lazy(async () => {
  const [{ ItemTargetDialog }] = await Promise.all([
    import('../targets/ItemTarget'),
    needTexts('targets'),
  ]);
  return { default: ItemTargetDialog };
});

/** Opens the menu of an item at a place in the window. */
export type OpenMenu = (item: MapItem, x: number, y: number) => void;

interface ItemMenusProps {
  log: number;
  search: MapSearch;
  filters: unknown[];
  graph: MapGraph | undefined;
  edits: MapEdits;
  selected: MapItem | null;
  /** Whether hidden activities lie between those of the map. */
  isProjected: boolean;
  onSelect: (item: MapItem) => void;
  ref: Ref<OpenMenu>;
}

export function ItemMenus(props: ItemMenusProps) {
  const { log, search, filters, graph, edits, selected, ref } = props;
  const [menu, setMenu] = useState<MenuAt | null>(null);
  const [targeted, setTargeted] = useState<MapItem | null>(null);
  useImperativeHandle(ref, () => (item, x, y) => setMenu({ item, x, y }), []);
  const pointedAt = menu?.item.kind === 'activity' ? menu.item.activity : undefined;
  return (
    <Suspense>
      {menu && (
        <ItemMenu
          at={menu}
          log={log}
          after={selected?.kind === 'activity' ? selected.activity : undefined}
          marked={edits.marked}
          isProjected={props.isProjected}
          casesOf={(filter) => sharedSearch({ ...search, filters: [...filters, filter] })}
          onSelect={props.onSelect}
          onFilter={edits.onFilter}
          onMark={edits.onMark}
          onHide={edits.onHide}
          onName={edits.onName}
          onTarget={setTargeted}
          onMove={edits.onMove}
          onUngroup={pointedAt === undefined ? null : edits.ungroup(pointedAt)}
          onReset={pointedAt !== undefined && search.moved?.[pointedAt] ? edits.onReset : null}
          onClose={() => setMenu(null)}
        />
      )}
      {targeted && graph && (
        <TargetDialog {...{ log, graph }} item={targeted} onClose={() => setTargeted(null)} />
      )}
    </Suspense>
  );
}
