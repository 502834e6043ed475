// What a saved state names that the log does not have any more: activities and attributes by its
// schema, values by asking which of them occur, versions by their list.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, ask, HOW_MANY } from '../../api/analysis';
import { logQuery, schemaQuery, versionsQuery } from '../../api/logs';
import type { components } from '../../api/schema';
import type { Schema, Version } from '../../api/types';
import { keyOf, type Missing, missingIn, type NamedValue, valuesIn } from './missing';
import type { State } from './state';

type AttributesOutput = components['schemas']['answer.attributes'];

/** As many as one question lists, and as many questions as one request takes. */
const VALUES_LISTED = 1_000;
const TILES_MAX = 100;

export type Health =
  | { state: 'asking' }
  /** The log has no data that anything could be missing in. */
  | { state: 'empty' }
  | { state: 'failed'; error: unknown; retry: () => void }
  | {
      state: 'ready';
      schema: Schema;
      version: Version;
      missing: Missing[];
      /** The version that was kept and is gone. */
      goneVersion: number | undefined;
    };

export function useMissing(log: number, page: string, state: State): Health {
  const kept = typeof state.version === 'number' ? state.version : undefined;
  const opened = useQuery(logQuery(log));
  const versions = useQuery({ ...versionsQuery(log), enabled: kept !== undefined });
  const found =
    kept === undefined ? undefined : versions.data?.find(({ number }) => number === kept);
  const isKnown = kept === undefined || versions.data !== undefined;
  const version = isKnown ? (found ?? opened.data?.current ?? undefined) : undefined;
  const schema = useQuery({
    ...schemaQuery(log, version?.number ?? 0),
    enabled: version !== undefined,
  });
  const named = schema.data ? valuesIn(page, state, schema.data) : [];
  const gone = useQuery({
    ...goneValuesQuery(version?.id ?? '', named),
    enabled: version !== undefined && named.length > 0,
  });
  const failed = [opened, versions, schema, gone].find(({ isError }) => isError);
  if (failed) {
    return { state: 'failed', error: failed.error, retry: () => void failed.refetch() };
  }
  if (opened.data && !opened.data.current) return { state: 'empty' };
  if (!version || !schema.data || (named.length > 0 && !gone.data)) return { state: 'asking' };
  return {
    state: 'ready',
    schema: schema.data,
    version,
    missing: missingIn(page, state, schema.data, new Set(gone.data)),
    goneVersion: kept !== undefined && !found ? kept : undefined,
  };
}

/** The keys of those values that no case or event of a version has. */
function goneValuesQuery(version: string, named: NamedValue[]) {
  return queryOptions({
    queryKey: ['views', 'values', version, named],
    queryFn: ({ signal }) => askGone(version, named, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function askGone(
  version: string,
  named: NamedValue[],
  signal: AbortSignal,
): Promise<string[]> {
  const scope = { version, filters: [] };
  const names = [...new Set(named.map(({ attribute }) => attribute))];
  const params = { attributes: names, limit: VALUES_LISTED };
  const tiles = [{ id: 'values', question: 'attributes', params }];
  const { attributes } = answerOf<AttributesOutput>(await ask(scope, tiles, signal), 'values');
  const known = new Map(
    attributes.map(({ name, level, values, other }) => [
      `${level} ${name}`,
      { values: new Set(values.map(({ value }) => String(value))), isWhole: other === 0 },
    ]),
  );
  const listed = ({ attribute, level }: NamedValue) => known.get(`${level} ${attribute}`);
  const unseen = named.filter((one) => !listed(one)?.values.has(String(one.value)));
  const unsure = unseen.filter((one) => !listed(one)?.isWhole);
  const there = await occurring(version, unsure, signal);
  return unseen.filter((one) => !there.has(one)).map((one) => keyOf({ kind: 'value', ...one }));
}

/** Those of rare values that some case has. */
async function occurring(version: string, values: NamedValue[], signal: AbortSignal) {
  const there = new Set<NamedValue>();
  for (let first = 0; first < values.length; first += TILES_MAX) {
    const some = values.slice(first, first + TILES_MAX);
    const tiles = some.map(({ attribute, level, value }, idx) => ({
      id: String(idx),
      ...HOW_MANY,
      filters: [{ kind: 'attribute_in', attribute, level, values: [value] }],
    }));
    const answer = await ask({ version, filters: [] }, tiles, signal);
    some.forEach((one, idx) => {
      if ((answer.tiles[idx]?.size?.cases ?? 0) > 0) there.add(one);
    });
  }
  return there;
}
