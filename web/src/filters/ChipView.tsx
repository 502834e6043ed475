// One filter in the bar: what it says, what it removes, and what can be done with it.
import { ActionIcon } from '@mantine/core';
import { Eye, EyeOff, TriangleAlert, X } from 'lucide-react';
import { type DragEvent, Fragment, type KeyboardEvent, useState } from 'react';
import type { Effect } from '../api/filters';
import { useFormats } from '../format';
import { useText } from '../text/useText';
import { ChipMenu } from './ChipMenu';
import { type Chip, canJoin, joined, moved, partsOf, replaced, without } from './chips';
import { type Drop, dropAt, placeOf } from './drop';
import styles from './Filters.module.css';
import { type Filter, type Keeps, keepsOf, type OneFilter } from './filter';
import { KEEPS } from './keeps';
import { says } from './says';

export interface ChipActs {
  /** Changes the filter, or one part of a group. */
  onEdit: (filter: OneFilter, part?: number) => void;
  /** Adds another part to what the chip keeps. */
  onAlternative: () => void;
  onMove: (to: number) => void;
  onChange: (chips: Chip[]) => void;
}

interface ChipViewProps extends ChipActs {
  chips: Chip[];
  chip: Chip;
  idx: number;
  effect: Effect | undefined;
  /** The chip that a hand is dragging. */
  dragged: number | undefined;
  onDrag: (idx: number | undefined) => void;
}

export function ChipView(props: ChipViewProps) {
  const { chips, chip, idx, effect, dragged, onDrag, onMove, onChange } = props;
  const text = useText();
  const format = useFormats();
  const [drop, setDrop] = useState<Drop>();
  const { filter, isPaused } = chip;
  const said = says(filter, text, format);
  const keeps = keepsOf(filter);
  const { Icon, name } = KEEPS[keeps];
  const kind = text(name);
  const toggle = { ...chip, isPaused: !isPaused };
  const over = (event: DragEvent<HTMLElement>) => {
    if (dragged === undefined) return;
    event.preventDefault();
    setDrop(dropAt(event, canJoin(chips, dragged, idx)));
  };
  const dropped = (event: DragEvent<HTMLElement>) => {
    if (dragged === undefined) return;
    event.preventDefault();
    const where = dropAt(event, canJoin(chips, dragged, idx));
    setDrop(undefined);
    onDrag(undefined);
    if (where === 'into') onChange(joined(chips, dragged, idx));
    else onChange(moved(chips, dragged, placeOf(dragged, idx, where)));
  };
  const key = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !event.shiftKey) return;
    event.preventDefault();
    onMove(idx + step);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and menu do what dragging does
    <div
      className={styles.chip}
      data-keeps={keeps}
      data-paused={isPaused}
      data-drop={dragged === idx ? undefined : drop}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', said);
        onDrag(idx);
      }}
      onDragEnd={() => onDrag(undefined)}
      onDragOver={over}
      onDragLeave={() => setDrop(undefined)}
      onDrop={dropped}
      onKeyDown={key}
    >
      <span className={styles.kind} title={kind}>
        <Icon size={13} aria-hidden />
        <span className="only-read-aloud">{kind}: </span>
      </span>
      <Said {...props} said={said} />
      {isPaused && <span className="only-read-aloud">{text('filters.paused')}</span>}
      {effect && <Removed effect={effect} keeps={keeps} />}
      <span className={`${styles.controls} not-printed`}>
        <Control
          icon={isPaused ? EyeOff : Eye}
          name={text(isPaused ? 'filters.resume' : 'filters.pause', { filter: said })}
          onClick={() => onChange(replaced(chips, idx, toggle))}
        />
        <ChipMenu {...props} said={said} />
        <Control
          icon={X}
          name={text('filters.remove', { filter: said })}
          onClick={() => onChange(without(chips, idx))}
        />
      </span>
    </div>
  );
}

/** What the filter says; of a group each part, which can be changed by itself. */
function Said({ chip, said, onEdit }: ChipViewProps & { said: string }) {
  const text = useText();
  const format = useFormats();
  const parts = partsOf(chip.filter);
  if (parts.length < 2) {
    return <Part filter={chip.filter} name="filters.edit" {...{ said, onEdit }} />;
  }
  return (
    <span className={styles.parts} title={said}>
      {parts.map((part, idx) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts stand in their order
        <Fragment key={idx}>
          {idx > 0 && <span className={styles.or}> {text('filters.or.word')} </span>}
          <Part
            filter={part}
            name="filters.part.edit"
            said={says(part, text, format)}
            onEdit={(filter) => onEdit(filter, idx)}
          />
        </Fragment>
      ))}
    </span>
  );
}

interface PartProps {
  filter: Filter;
  said: string;
  name: 'filters.edit' | 'filters.part.edit';
  onEdit: (filter: OneFilter) => void;
}

function Part({ filter, said, name, onEdit }: PartProps) {
  const text = useText();
  if (!('kind' in filter)) {
    return (
      <span className={styles.said} title={said}>
        {said}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={styles.said}
      title={`${said}\n${text('filters.order')}`}
      aria-label={text(name, { filter: said })}
      aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight"
      onClick={() => onEdit(filter)}
    >
      {said}
    </button>
  );
}

function Removed({ effect, keeps }: { effect: Effect; keeps: Keeps }) {
  const text = useText();
  if (effect.problem) {
    return (
      <span className={styles.problem} title={effect.problem.detail}>
        <TriangleAlert size={13} aria-hidden />
        <span className="only-read-aloud">{effect.problem.detail}</span>
      </span>
    );
  }
  if (keeps === 'everything') return null;
  const count = effect[keeps];
  const detail = text(`filters.removes.${keeps}.detail`, { count });
  return (
    <span className={styles.removed} title={detail}>
      <span aria-hidden>{text('filters.removes.cases', { count })}</span>
      <span className="only-read-aloud">{detail}</span>
    </span>
  );
}

interface ControlProps {
  icon: typeof X;
  name: string;
  onClick: () => void;
}

function Control({ icon: Icon, name, onClick }: ControlProps) {
  return (
    <ActionIcon size={24} variant="subtle" color="gray" aria-label={name} onClick={onClick}>
      <Icon size={14} aria-hidden />
    </ActionIcon>
  );
}
