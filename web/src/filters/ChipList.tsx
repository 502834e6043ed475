// The filters of a bar as chips in their order, which a hand or the keyboard can change.
import { useEffect, useRef, useState } from 'react';
import type { Effect } from '../api/filters';
import { useFormats } from '../format';
import { useText } from '../text/useText';
import { ChipView } from './ChipView';
import { type Chip, moved, partsOf, replaced, withPart } from './chips';
import styles from './Filters.module.css';
import type { OneFilter } from './filter';
import { says } from './says';

/** Which filter is being made or changed, of a group which part. */
export type Open = { at: number; part?: number | undefined; filter?: OneFilter };

/** The chips with the filter that was made or changed. */
export function applied(chips: Chip[], { at, part }: Open, filter: OneFilter): Chip[] {
  if (part !== undefined) return withPart(chips, at, part, filter);
  const chip = { filter, isPaused: false };
  return at < chips.length ? replaced(chips, at, chip) : [...chips, chip];
}

interface ChipListProps {
  name: string;
  chips: Chip[];
  /** What each of them removes, as far as it is known. */
  effects: (Effect | undefined)[] | undefined;
  onOpen: (open: Open) => void;
  onChange: (chips: Chip[]) => void;
}

export function ChipList({ name, chips, effects, onOpen, onChange }: ChipListProps) {
  const { list, announced, move } = useMoving(chips, onChange);
  const [dragged, setDragged] = useState<number>();
  return (
    <>
      {chips.length > 0 && (
        <ul ref={list} className={styles.chips} aria-label={name}>
          {chips.map((chip, idx) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: filters apply in their order
            <li key={idx}>
              <ChipView
                {...{ chips, chip, idx, dragged, onChange }}
                effect={effects?.[idx]}
                onEdit={(filter, part) => onOpen({ at: idx, part, filter })}
                onAlternative={() => onOpen({ at: idx, part: partsOf(chip.filter).length })}
                onMove={(to) => move(idx, to)}
                onDrag={setDragged}
              />
            </li>
          ))}
        </ul>
      )}
      <span className="only-read-aloud" role="status">
        {announced}
      </span>
    </>
  );
}

/** Moves a chip; the focus goes with it, and its new place is said. */
function useMoving(chips: Chip[], change: (chips: Chip[]) => void) {
  const text = useText();
  const format = useFormats();
  const list = useRef<HTMLUListElement>(null);
  const going = useRef<{ to: number; filter: string }>(undefined);
  const [announced, setAnnounced] = useState('');
  useEffect(() => {
    const { to, filter } = going.current ?? {};
    if (to === undefined || JSON.stringify(chips[to]?.filter) !== filter) return;
    going.current = undefined;
    list.current?.children[to]?.querySelector('button')?.focus();
  });
  const move = (from: number, to: number) => {
    const chip = chips[from];
    if (!chip || to < 0 || to >= chips.length) return;
    going.current = { to, filter: JSON.stringify(chip.filter) };
    const filter = says(chip.filter, text, format);
    setAnnounced(text('filters.moved', { filter, place: to + 1, count: chips.length }));
    change(moved(chips, from, to));
  };
  return { list, announced, move };
}
