// One filter in the bar: what it says, what it removes, and what can be done with it.
import { ActionIcon, Menu } from '@mantine/core';
import { Ellipsis, Eye, EyeOff, TriangleAlert, X } from 'lucide-react';
import type { DragEvent } from 'react';
import type { Effect } from '../api/filters';
import { useFormats } from '../format';
import { type Say, useText } from '../text/useText';
import { type Chip, canJoin, joined, partsOf, replaced, split, without } from './chips';
import styles from './Filters.module.css';
import { type Keeps, keepsOf, type OneFilter } from './filter';
import { KEEPS } from './keeps';
import { says } from './says';

const DRAGGED = 'application/x-paydirt-filter';

interface ChipViewProps {
  chips: Chip[];
  chip: Chip;
  idx: number;
  effect: Effect | undefined;
  onEdit: (filter: OneFilter) => void;
  onChange: (chips: Chip[]) => void;
}

export function ChipView({ chips, chip, idx, effect, onEdit, onChange }: ChipViewProps) {
  const text = useText();
  const format = useFormats();
  const { filter, isPaused } = chip;
  const said = says(filter, text, format);
  const keeps = keepsOf(filter);
  const { Icon, name } = KEEPS[keeps];
  const kind = text(name);
  const toggle = { ...chip, isPaused: !isPaused };
  const drop = (event: DragEvent) => {
    const dragged = event.dataTransfer.getData(DRAGGED);
    if (dragged === '') return;
    event.preventDefault();
    const from = Number(dragged);
    if (canJoin(chips, from, idx)) onChange(joined(chips, from, idx));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the menu does by keyboard what dragging does
    <div
      className={styles.chip}
      data-keeps={keeps}
      data-paused={isPaused}
      draggable={keeps === 'cases' && !isPaused}
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, String(idx))}
      onDragOver={(event) => event.dataTransfer.types.includes(DRAGGED) && event.preventDefault()}
      onDrop={drop}
    >
      <span className={styles.kind} title={kind}>
        <Icon size={13} aria-hidden />
        <span className="only-read-aloud">{kind}: </span>
      </span>
      {'kind' in filter ? (
        <button
          type="button"
          className={styles.said}
          title={said}
          aria-label={text('filters.edit', { filter: said })}
          onClick={() => onEdit(filter)}
        >
          {said}
        </button>
      ) : (
        <span className={styles.said} title={said}>
          {said}
        </span>
      )}
      {isPaused && <span className="only-read-aloud">{text('filters.paused')}</span>}
      {effect && <Removed effect={effect} keeps={keeps} />}
      <span className={`${styles.controls} not-printed`}>
        <Control
          icon={isPaused ? EyeOff : Eye}
          name={text(isPaused ? 'filters.resume' : 'filters.pause', { filter: said })}
          onClick={() => onChange(replaced(chips, idx, toggle))}
        />
        <Groups {...{ chips, chip, idx, said, text, onChange }} />
        <Control
          icon={X}
          name={text('filters.remove', { filter: said })}
          onClick={() => onChange(without(chips, idx))}
        />
      </span>
    </div>
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

interface GroupsProps extends Omit<ChipViewProps, 'effect' | 'onEdit'> {
  said: string;
  text: Say;
}

/** Joining with another chip by "or", and taking such a group apart. */
function Groups({ chips, chip, idx, said, text, onChange }: GroupsProps) {
  const format = useFormats();
  const others = chips.flatMap((_, other) => (canJoin(chips, other, idx) ? [other] : []));
  const isGroup = partsOf(chip.filter).length > 1;
  if (others.length === 0 && !isGroup) return null;
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <ActionIcon
          size={24}
          variant="subtle"
          color="gray"
          aria-label={text('filters.menu', { filter: said })}
        >
          <Ellipsis size={14} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown maw={360}>
        {others.map((other) => (
          <Menu.Item key={other} onClick={() => onChange(joined(chips, other, idx))}>
            {text('filters.group', { filter: sayOf(chips[other], text, format) })}
          </Menu.Item>
        ))}
        {isGroup && (
          <Menu.Item onClick={() => onChange(split(chips, idx))}>{text('filters.split')}</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function sayOf(chip: Chip | undefined, text: Say, format: Parameters<typeof says>[2]): string {
  return chip ? says(chip.filter, text, format) : '';
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
