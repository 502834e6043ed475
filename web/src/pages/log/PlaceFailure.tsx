// Why a place shows nothing: a filter that the server refuses is named and can be left out, what
// else went wrong can be tried again.
import type { Failure } from '../../api/problem';
import { FailureView } from '../../shell/FailureView';
import { useLoaded } from '../../shell/useLoaded';

interface PlaceFailureProps {
  failure: Failure;
  log: number;
  /** The id of the version. */
  version: string;
  /** The filters at work. */
  filters: unknown[];
  onRetry: () => void;
}

/** What the server says of filters that it cannot apply to a log. */
const REFUSALS = [
  'invalid_filter',
  'invalid_parameters',
  'unknown_activity',
  'unknown_attribute',
  'wrong_attribute_type',
];

const loadRefused = () => import('./RefusedFilter');

export function PlaceFailure({ failure, log, version, filters, onRetry }: PlaceFailureProps) {
  const problem = failure.kind === 'problem' ? failure.problem : undefined;
  const mayBeFilter = filters.length > 0 && REFUSALS.includes(problem?.code ?? '');
  const loaded = useLoaded(mayBeFilter ? loadRefused : null);
  if (!problem || !mayBeFilter) return <FailureView failure={failure} onRetry={onRetry} />;
  return loaded ? <loaded.RefusedFilter {...{ log, version, problem, onRetry }} /> : null;
}
