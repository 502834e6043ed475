// What a place asks first is asked as soon as somebody sets out for it: the answer is on its way
// while the place is drawn.
import type { QueryClient } from '@tanstack/react-query';
import { logQuery, schemaQuery, versionQuery } from '../../api/logs';
import type { Log, Schema, Version } from '../../api/types';
import { shownVersion } from '../../shell/shownVersion';
import type { LogSearch } from './search';

export interface Destination<Search> {
  queries: QueryClient;
  log: Log;
  version: Version;
  schema: Schema;
  search: Search;
}

/** Asks what the place will ask; what goes wrong is said by the place itself. */
export type AskAhead<Search> = (to: Destination<Search>) => Promise<unknown> | undefined;

/** Where log and version are not known yet, the place itself asks. */
export function setOut<Search extends LogSearch>(
  queries: QueryClient,
  id: string,
  search: Search,
  ask: AskAhead<Search>,
): void {
  const log = queries.getQueryData(logQuery(Number(id)).queryKey);
  const number = search.version ?? shownVersion(Number(id)) ?? log?.current?.number;
  if (!log?.current || number === undefined) return;
  const version =
    number === log.current.number
      ? log.current
      : queries.getQueryData(versionQuery(log.id, number).queryKey);
  const schema = queries.getQueryData(schemaQuery(log.id, number).queryKey);
  if (!version || !schema) return;
  void ask({ queries, log, version, schema, search })?.catch(() => undefined);
}
