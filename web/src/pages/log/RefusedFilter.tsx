// What is said when the server refuses a filter of the page: which one, why, and the ways on.
import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { effectsQuery } from '../../api/filters';
import type { Problem } from '../../api/types';
import { type Chip, chipsOf, searchOf, without } from '../../filters/chips';
import { askForEditing } from '../../filters/editing';
import { isImpossible } from '../../filters/impossible';
import { says } from '../../filters/says';
import { recordStep } from '../../filters/undo';
import { useFormats } from '../../format';
import { FailureView } from '../../shell/FailureView';
import { useText } from '../../text/useText';

interface RefusedFilterProps {
  log: number;
  /** The id of the version. */
  version: string;
  problem: Problem;
  onRetry: () => void;
}

export function RefusedFilter({ log, version, problem, onRetry }: RefusedFilterProps) {
  const text = useText();
  const format = useFormats();
  const router = useRouter();
  const chips = chipsOf({ ...useSearch({ strict: false }) });
  const { data: effects, isPending } = useQuery(effectsQuery(version, chips));
  const change = (next: Chip[]) => {
    recordStep(String(log), chips);
    void router.navigate({ to: '.', search: (before) => ({ ...before, ...searchOf(next) }) });
  };
  const failure = { kind: 'problem', problem, status: 400 } as const;
  if (isPending) return null;
  const at = chips.findIndex(({ isPaused }, idx) => !isPaused && effects?.removed[idx]?.problem);
  const filter = chips[at]?.filter;
  if (!filter && effects?.left) return <FailureView failure={failure} onRetry={onRetry} />;
  if (!filter) {
    // Several of them.
    const clear = { name: text('map.nomatch.clear'), act: () => change([]) };
    return <FailureView failure={failure} onRetry={onRetry} main={clear} />;
  }
  const isOne = 'kind' in filter;
  const isRange = isOne && isImpossible(filter);
  const said = says(filter, text, format);
  const reason = isRange ? text('map.refused.range') : problem.detail;
  const named: Problem = {
    ...problem,
    detail: text('map.refused.filter', { filter: said, reason }),
    // Its words are those of an address, which nobody has typed here.
    place: {},
    hint: isRange ? null : problem.hint,
  };
  return (
    <FailureView
      failure={{ ...failure, problem: named }}
      main={{
        name: text('map.nomatch.remove', { filter: said }),
        act: () => change(without(chips, at)),
      }}
      other={isOne ? { name: text('map.refused.edit'), act: () => askForEditing(at) } : undefined}
    />
  );
}
