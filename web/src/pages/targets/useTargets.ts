// The targets of a log, how they are kept, and what sets or removes one.
import { useQuery } from '@tanstack/react-query';
import type { MapScope } from '../../api/drawer';
import { figuresQuery, targetsOf } from '../../api/targets';
import { viewsQuery } from '../../api/views';

export function useTargets(log: number) {
  const query = useQuery(viewsQuery(log));
  return { targets: targetsOf(query.data), query };
}

/** Every part of a page asks for the targets together, and so once. */
export function useTargetFigures(log: number, scope: MapScope, ends: string[] = []) {
  const { targets, query: saved } = useTargets(log);
  const query = useQuery(
    figuresQuery(
      scope,
      targets.map(({ target }) => target),
      ends,
    ),
  );
  return { targets, figures: targets.length > 0 ? (query.data ?? []) : [], query, saved };
}
