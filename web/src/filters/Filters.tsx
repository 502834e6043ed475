// The bar of filters: a chip for each, what it removes, and how much of the log is left.
import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Plus, Undo2 } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { type Effects, effectsQuery } from '../api/filters';
import type { Version } from '../api/types';
import { useFormats } from '../format';
import { FilterBar } from '../shell/FilterBar';
import { isNowhere } from '../shell/useFocusBack';
import { needTexts } from '../text/catalogue';
import { useText } from '../text/useText';
import { applied, ChipList, type Open } from './ChipList';
import { around, type Chip } from './chips';
import { askForEditing, useAskedEditing } from './editing';
import styles from './Filters.module.css';
import { IgnoredNote } from './IgnoredNote';
import { forgetIgnored } from './ignored';
import { recordStep, undoStep, useStepCount } from './undo';

const Builder = lazy(async () => {
  const [loaded] = await Promise.all([import('./Builder'), needTexts('views')]);
  return { default: loaded.Builder };
});

interface FiltersProps {
  log: number;
  version: Version;
  chips: Chip[];
  onChange: (chips: Chip[]) => void;
  /** What else can be done with the filters. */
  more?: ReactNode;
}

export function Filters({ log, version, chips, onChange, more }: FiltersProps) {
  const text = useText();
  const [open, setOpen] = useState<Open>();
  const asked = useAskedEditing();
  const effects = useEffects(version.id, chips);
  const stepCount = useStepCount(String(log));
  const { add, keepFocus } = useKeptFocus(chips);
  const change = (next: Chip[]) => {
    keepFocus();
    recordStep(String(log), chips);
    forgetIgnored();
    onChange(next);
  };
  const undo = () => {
    keepFocus();
    const before = undoStep(String(log));
    if (before) onChange(before);
  };
  useEffect(() => {
    if (asked === undefined) return;
    askForEditing(undefined);
    const filter = chips[asked]?.filter;
    if (filter && 'kind' in filter) setOpen({ at: asked, filter });
  }, [asked, chips]);
  return (
    <FilterBar name={text('filters.bar')}>
      <Button
        ref={add}
        size="compact-sm"
        variant="default"
        leftSection={<Plus size={14} aria-hidden />}
        className="not-printed"
        onClick={() => setOpen({ at: chips.length })}
      >
        {text('filters.add')}
      </Button>
      <ChipList
        name={text('filters.bar')}
        {...{ chips }}
        effects={effects?.removed}
        onOpen={setOpen}
        onChange={change}
      />
      {chips.length > 1 && (
        <Button
          size="compact-sm"
          variant="subtle"
          className="not-printed"
          onClick={() => change([])}
        >
          {text('filters.clear')}
        </Button>
      )}
      {stepCount > 0 && (
        <Button
          size="compact-sm"
          variant="subtle"
          className="not-printed"
          leftSection={<Undo2 size={14} aria-hidden />}
          onClick={undo}
        >
          {text('filters.undo')}
        </Button>
      )}
      {more}
      <IgnoredNote />
      {effects && <Coverage effects={effects} />}
      <Suspense>
        {open && (
          <Builder
            {...{ log, version }}
            filter={open.filter}
            only={open.part === undefined ? undefined : 'cases'}
            // What the others leave is there to choose from.
            selection={around(chips, open.at)}
            onApply={(filter) => {
              setOpen(undefined);
              change(applied(chips, open, filter));
            }}
            saved={{
              chips,
              onChips: (next) => {
                setOpen(undefined);
                change(next);
              },
            }}
            onClose={() => setOpen(undefined)}
          />
        )}
      </Suspense>
    </FilterBar>
  );
}

/** What is clicked in the bar may be gone afterwards: the focus stays in the bar. */
function useKeptFocus(chips: Chip[]) {
  const add = useRef<HTMLButtonElement>(null);
  const isAsked = useRef(false);
  const shown = JSON.stringify(chips);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once other chips are shown
  useEffect(() => {
    if (isAsked.current && isNowhere()) add.current?.focus();
    isAsked.current = false;
  }, [shown]);
  const keepFocus = () => {
    isAsked.current = true;
  };
  return { add, keepFocus };
}

/** What each chip removes; of other chips than these nothing is said. */
function useEffects(version: string, chips: Chip[]): Effects | undefined {
  const { data, isPlaceholderData } = useQuery({
    ...effectsQuery(version, chips),
    placeholderData: keepPreviousData,
  });
  return isPlaceholderData && data?.removed.length !== chips.length
    ? data && { ...data, removed: [] }
    : data;
}

function Coverage({ effects: { total, left } }: { effects: Effects }) {
  const text = useText();
  const format = useFormats();
  if (!left) return null;
  const share = format.percent(total.cases === 0 ? 0 : left.cases / total.cases, 0);
  return (
    <span className={styles.coverage}>
      {text('filters.coverage', { cases: left.cases, total: total.cases, share })}
    </span>
  );
}
