// The targets of what is selected on the map, in its details.
import { useState } from 'react';
import type { MapScope } from '../../api/drawer';
import type { MapActivity, MapPath, Spread } from '../../api/map';
import type { MapGraph, MapItem } from '../../pictures/process-map/graph';
import { TargetDialog } from './TargetDialog';
import { TargetFacts } from './TargetFacts';
import { kindsOf, type TargetOf } from './targets';

interface ItemTargetProps {
  log: number;
  item: MapItem;
  graph: MapGraph;
  scope: MapScope;
  onFilter: (filter: Record<string, unknown>) => void;
}

export function ItemTarget({ log, item, graph, scope, onFilter }: ItemTargetProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { kinds, usual } = useKinds(item, graph);
  return (
    <>
      <TargetFacts
        {...{ log, kinds, scope, onFilter }}
        isNamed={kinds.length === 1}
        onSet={() => setIsOpen(true)}
      />
      {isOpen && <TargetDialog {...{ log, kinds, usual }} onClose={() => setIsOpen(false)} />}
    </>
  );
}

interface ItemDialogProps {
  log: number;
  item: MapItem;
  graph: MapGraph;
  onClose: () => void;
}

/** The same from the menu. */
export function ItemTargetDialog({ log, item, graph, onClose }: ItemDialogProps) {
  return <TargetDialog {...{ log, onClose }} {...useKinds(item, graph)} />;
}

function useKinds(item: MapItem, graph: MapGraph) {
  const one: MapActivity | MapPath | undefined =
    item.kind === 'activity'
      ? graph.activities.find(({ activity }) => activity === item.activity)
      : graph.paths.find(({ from, to }) => from === item.from && to === item.to);
  const own = one?.duration_s;
  const wait = one && 'activity' in one ? one.wait_s : null;
  const usual = ({ of }: TargetOf): Spread | null | undefined => (of === 'wait' ? wait : own);
  return { kinds: kindsOf(item, Boolean(own)), usual };
}
