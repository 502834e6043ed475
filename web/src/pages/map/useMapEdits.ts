// What a hand changes on the map: which activities are marked, moved, hidden, grouped, renamed.
import { useCallback, useMemo, useState } from 'react';
import type { Log } from '../../api/types';
import { chipsOf } from '../../filters/chips';
import { recordStep } from '../../filters/undo';
import { movedFurther } from '../../pictures/process-map/movedBy';
import { membersOf, withGroup, withHidden, withoutGroup } from './edits';
import type { MapSearch } from './search';
import { searchOf } from './search';
import type { useSearchChange } from './useSearchChange';

export interface MapEdits {
  /** In the order in which they were marked. */
  marked: string[];
  markedSet: ReadonlySet<string>;
  /** Whose name is asked for. */
  naming: string[] | null;
  onMark: (activity: string) => void;
  onClear: () => void;
  onMove: (activity: string, by: readonly [number, number]) => void;
  onReset: (activity?: string) => void;
  onFilters: (filters: unknown[]) => void;
  onFilter: (filter: unknown) => void;
  onHide: (activities: string[]) => void;
  onName: (activities: string[] | null) => void;
  onNamed: (name: string) => void;
  /** Missing for what is no group. */
  ungroup: (activity: string) => (() => void) | null;
}

export function useMapEdits(
  log: Log,
  search: MapSearch,
  step: ReturnType<typeof useSearchChange>,
): MapEdits {
  const [marked, setMarked] = useState<string[]>([]);
  const [naming, setNaming] = useState<string[] | null>(null);
  const markedSet = useMemo(() => new Set(marked), [marked]);
  const filters = search.filters ?? [];
  const { moved } = search;
  const onMark = useCallback((activity: string) => {
    const isIn = (before: string[]) => before.includes(activity);
    const without = (before: string[]) => before.filter((one) => one !== activity);
    setMarked((before) => (isIn(before) ? without(before) : [...before, activity]));
  }, []);
  const onMove = useCallback(
    (activity: string, by: readonly [number, number]) =>
      step({ moved: movedFurther(moved, activity, by) }, 'moved'),
    [step, moved],
  );
  const change = (next: unknown[], also: Partial<MapSearch> = {}) => {
    recordStep(String(log.id), chipsOf({ ...search }));
    step({ filters: next.length > 0 ? next : undefined, ...also });
  };
  /** The activities of the map are others then: what was chosen among them is no longer there. */
  const changeActivities = (next: unknown[]) => {
    setMarked([]);
    setNaming(null);
    change(next, searchOf(null));
  };
  return {
    marked,
    markedSet,
    naming,
    onMark,
    onClear: () => setMarked([]),
    onMove,
    onReset: (activity) => {
      const { [activity ?? '']: _, ...others } = search.moved ?? {};
      const isAny = activity !== undefined && Object.keys(others).length > 0;
      step({ moved: isAny ? others : undefined });
    },
    onFilters: (next) => change(next),
    onFilter: (filter) => change([...filters, filter]),
    onHide: (activities) => changeActivities(withHidden(filters, activities)),
    onName: setNaming,
    onNamed: (name) => naming && changeActivities(withGroup(filters, name, naming)),
    ungroup: (activity) =>
      membersOf(filters, activity) ? () => changeActivities(withoutGroup(filters, activity)) : null,
  };
}
