// The filters of both sides: a chip for each, what it removes, and how many cases are left.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowLeftRight, Plus, Undo2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { ComparisonAnswer } from '../../api/comparison';
import { effectsQuery } from '../../api/filters';
import type { Log, Version } from '../../api/types';
import { applied, ChipList, type Open } from '../../filters/ChipList';
import { around, type Chip } from '../../filters/chips';
import type { Filter } from '../../filters/filter';
import { forgetIgnored } from '../../filters/ignored';
import { recordStep, undoStep, useStepCount } from '../../filters/undo';
import { useFormats } from '../../format';
import type { Side } from '../../pictures/process-map/compared';
import { useLoaded } from '../../shell/useLoaded';
import { useText } from '../../text/useText';
import styles from './Compare.module.css';
import { SideCases } from './SideCases';
import { SideMark } from './SideMark';
import { type CompareSearch, searchOfSide, sideChips } from './search';
import { isChosen, sidesOf, swapped, withVersionOfA } from './sides';

const Builder = lazy(async () => ({
  default: (await import('../../filters/Builder')).Builder,
}));

const loadChoice = () => import('./VersionChoice');

interface SideBarsProps {
  log: Log;
  version: Version;
  search: CompareSearch;
  onSearch: (change: Partial<CompareSearch>) => void;
  answer: ComparisonAnswer | null | undefined;
  /** The filters of both sides. */
  common: unknown[];
  /** All of the log, where there are several. */
  versions: Version[];
}

export function SideBars(props: SideBarsProps) {
  const text = useText();
  const { search, onSearch } = props;
  return (
    <div className={styles.bars}>
      <SideBar {...props} side="a" />
      <Tooltip label={text('compare.swap')}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={text('compare.swap')}
          disabled={!isChosen(sidesOf(search))}
          onClick={() => onSearch(swapped(search, props.version.number))}
        >
          <ArrowLeftRight size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <SideBar {...props} side="b" />
    </div>
  );
}

/** Which filter is being made or changed. */
function SideBar({
  side,
  log,
  version,
  search,
  onSearch,
  answer,
  common,
  versions,
}: SideBarsProps & { side: Side }) {
  const text = useText();
  const [open, setOpen] = useState<Open>();
  const chips = sideChips(search, side);
  const steps = `${log.id} ${side}`;
  const stepCount = useStepCount(steps);
  const Choice = useLoaded(loadChoice)?.VersionChoice;
  const { against } = search;
  const other = side === 'b' && versions.find((one) => one.number === against);
  const own = other || version;
  const removed = useRemoved(own.id, common, chips);
  const change = (next: Chip[]) => {
    recordStep(steps, chips);
    forgetIgnored();
    onSearch(searchOfSide(side, next));
  };
  const undo = () => {
    const before = undoStep(steps);
    if (before) onSearch(searchOfSide(side, before));
  };
  const name = text(`compare.side.${side}`);
  const isRest = side === 'b' && chips.length === 0 && against === undefined;
  const onVersion = (next: number) =>
    onSearch(
      side === 'a'
        ? withVersionOfA(version.number, against, next)
        : { against: next === version.number ? undefined : next },
    );
  return (
    <section className={styles.bar} data-side={side} aria-label={name}>
      <SideMark side={side} />
      {Choice && versions.length > 1 && (
        <Choice {...{ versions, onVersion }} side={name} version={own.number} />
      )}
      {isRest && (
        <span className={styles.rest} title={text('compare.rest.detail')}>
          {text('compare.rest')}
        </span>
      )}
      <ChipList
        name={text('compare.filters', { side: name })}
        {...{ chips }}
        effects={removed}
        onOpen={setOpen}
        onChange={change}
      />
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Plus size={14} aria-hidden />}
        onClick={() => setOpen({ at: chips.length })}
      >
        {text('filters.add')}
      </Button>
      {side === 'b' && chips.length > 0 && against === undefined && (
        <Button size="compact-sm" variant="subtle" onClick={() => change([])}>
          {text('compare.rest')}
        </Button>
      )}
      {stepCount > 0 && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<Undo2 size={14} aria-hidden />}
          onClick={undo}
        >
          {text('filters.undo')}
        </Button>
      )}
      {answer && <Coverage answer={answer} side={side} search={search} />}
      <Suspense>
        {open && (
          <Builder
            version={own}
            log={log.id}
            only="cases"
            filter={open.filter}
            // What the others leave is there to choose from.
            selection={[...(common as Filter[]), ...around(chips, open.at)]}
            onApply={(filter) => {
              setOpen(undefined);
              change(applied(chips, open, filter));
            }}
            onClose={() => setOpen(undefined)}
          />
        )}
      </Suspense>
    </section>
  );
}

interface CoverageProps {
  answer: ComparisonAnswer;
  side: Side;
  search: CompareSearch;
}

function Coverage({ answer, side, search }: CoverageProps) {
  const text = useText();
  const format = useFormats();
  const { cases } = answer[side];
  const total = answer[side].of ?? answer.cases;
  const share = format.percent(total === 0 ? 0 : cases / total, 0);
  return (
    <span className={styles.coverage}>
      <SideCases sides={sidesOf(search)} side={side}>
        {text('filters.coverage', { cases, total, share })}
      </SideCases>
    </span>
  );
}

/** What each chip of a side removes from what the others and the filters of both leave. */
function useRemoved(version: string, common: unknown[], chips: Chip[]) {
  const all = [...common.map((filter) => ({ filter, isPaused: false })), ...chips];
  const { data, isPlaceholderData } = useQuery({
    ...effectsQuery(version, all),
    enabled: chips.length > 0,
    placeholderData: keepPreviousData,
  });
  const isOther = isPlaceholderData && data?.removed.length !== all.length;
  return isOther ? undefined : data?.removed.slice(common.length);
}
