// Target times of a log, and how they are kept under the filters of a page.
import { hashKey, queryOptions } from '@tanstack/react-query';
import { answerOf, ask, type Scope } from './analysis';
import { get } from './client';
import type { MapScope } from './drawer';
import type { components } from './schema';
import type { Saved } from './views';

type Schemas = components['schemas'];

export type Target = Schemas['Target'];
export type TargetFigures = Schemas['TargetFigures'];
export type SavedTarget = Extract<Saved, { kind: 'target' }>;

export function targetsOf(saved: Saved[] | undefined): SavedTarget[] {
  const targets = (saved ?? []).filter((one): one is SavedTarget => one.kind === 'target');
  return targets.toSorted((one, other) => one.id - other.id);
}

/** Whether a target is for this: the same without its time. */
export function isFor(target: Target, of: object): boolean {
  const { at_most_s: _, ...own } = target;
  const keyOf = (one: object) => JSON.stringify(Object.entries(one).sort());
  return keyOf(own) === keyOf(of);
}

/** How the targets are kept on the map; `ends` are the activities that end a case. */
export function figuresQuery(scope: MapScope, targets: Target[], ends: string[]) {
  const { version, filters } = scope;
  const params = paramsOf(scope, targets, ends);
  const { targets: _, ...how } = params;
  const of = ['targets', version, filters, how];
  return queryOptions({
    queryKey: [...of, targets],
    queryFn: ({ signal }) => askFigures({ version, filters }, params, signal),
    enabled: targets.length > 0 && version !== '',
    // A version never changes.
    staleTime: Number.POSITIVE_INFINITY,
    // Where only the targets have changed, those that stay are kept as they were.
    placeholderData: (before: TargetFigures[] | undefined, asked) => {
      const isSame = hashKey(asked?.queryKey.slice(0, -1) ?? []) === hashKey(of);
      return isSame ? before : undefined;
    },
  });
}

function paramsOf({ activities, auxiliary }: MapScope, targets: Target[], ends: string[]) {
  return {
    targets,
    ...(activities ? { activities } : { auxiliary }),
    ...(ends.length > 0 && { ends }),
  };
}

async function askFigures(
  of: Scope,
  params: Record<string, unknown>,
  signal?: AbortSignal,
): Promise<TargetFigures[]> {
  const tile = { id: 'targets', question: 'targets', params };
  const answer = await ask(of, [tile], signal);
  return answerOf<Schemas['answer.targets']>(answer, 'targets').targets;
}

/** The same at once, for a file. */
export async function figuresNow(log: number, scope: MapScope): Promise<TargetFigures[]> {
  const { views } = await get<Schemas['SavedViewList']>(`/logs/${log}/views`);
  const targets = targetsOf(views).map(({ target }) => target);
  return targets.length > 0 ? askFigures(scope, paramsOf(scope, targets, [])) : [];
}
