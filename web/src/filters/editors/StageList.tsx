// The stages of a funnel as a list that is changed: added to, taken from, renamed, put in order.
import { ActionIcon, MultiSelect, Popover, Select, TextInput, Tooltip } from '@mantine/core';
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { useText } from '../../text/useText';
import type { FunnelStage } from '../filter';
import styles from './StageList.module.css';
import { areStages, freeActivities, moved, STAGES_MAX, stageName } from './stages';

interface StageListProps {
  stages: FunnelStage[];
  /** All that a stage can be made of. */
  activities: string[];
  onChange: (stages: FunnelStage[]) => void;
}

const OPTIONS_MAX = 200;

export function StageList({ stages, activities, onChange }: StageListProps) {
  const text = useText();
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [typed, setTyped] = useState('');
  const free = freeActivities(activities, stages);
  const drop = (to: number) => (event: DragEvent) => {
    event.preventDefault();
    if (dragged !== null && dragged !== to) onChange(moved(stages, dragged, to));
    setDragged(null);
    setOver(null);
  };
  return (
    <div className={styles.sheet}>
      <ol className={styles.stages} aria-label={text('filters.stages')}>
        {stages.map((stage, idx) => (
          <li
            key={stageName(stage)}
            className={styles.stage}
            data-over={over === idx || undefined}
            draggable
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move';
              event.dataTransfer.setData('text/plain', stageName(stage));
              setDragged(idx);
            }}
            onDragEnd={() => {
              setDragged(null);
              setOver(null);
            }}
            onDragOver={(event) => {
              if (dragged === null) return;
              event.preventDefault();
              setOver(idx);
            }}
            onDrop={drop(idx)}
          >
            <span className={styles.number} aria-hidden>
              {idx + 1}
            </span>
            <StageButton
              stage={stage}
              free={free}
              onStage={(next) => {
                const all = stages.map((one, other) => (other === idx ? next : one));
                if (areStages(all)) onChange(all);
              }}
            />
            <StageTools
              name={stageName(stage)}
              isFirst={idx === 0}
              isLast={idx === stages.length - 1}
              onMove={(by) => onChange(moved(stages, idx, idx + by))}
              onRemove={
                stages.length > 1
                  ? () => onChange(stages.filter((one) => one !== stage))
                  : undefined
              }
            />
          </li>
        ))}
      </ol>
      {stages.length < STAGES_MAX && (
        <Select
          className={styles.add ?? ''}
          aria-label={text('filters.stages.add')}
          placeholder={text('filters.stages.add')}
          data={free}
          value={null}
          limit={OPTIONS_MAX}
          searchable
          nothingFoundMessage={text('filters.stages.none')}
          searchValue={typed}
          onSearchChange={setTyped}
          onChange={(name) => {
            // What was typed has been found; the field is there for the next one.
            setTyped('');
            if (name) onChange([...stages, { activities: [name] }]);
          }}
          size="xs"
        />
      )}
    </div>
  );
}

interface StageButtonProps {
  stage: FunnelStage;
  free: string[];
  onStage: (stage: FunnelStage) => void;
}

/** What the stage is, and a small form to change it. */
function StageButton({ stage, free, onStage }: StageButtonProps) {
  const text = useText();
  const name = stageName(stage);
  return (
    <Popover position="bottom-start" shadow="md" width={320} trapFocus withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={styles.name}
          title={stage.activities.join(', ')}
          aria-label={text('filters.stages.edit', { stage: name })}
        >
          {name}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text('filters.stages.edit', { stage: name })}>
        <div className={styles.form}>
          <MultiSelect
            label={text('filters.stages.activities')}
            data={[...stage.activities, ...free]}
            value={stage.activities}
            limit={OPTIONS_MAX}
            searchable
            onChange={(activities) => activities.length > 0 && onStage({ ...stage, activities })}
            comboboxProps={{ withinPortal: false }}
            size="xs"
          />
          <NameInput stage={stage} onStage={onStage} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

/** The name counts when the field is left, for the stage is found again by its name. */
function NameInput({ stage, onStage }: Omit<StageButtonProps, 'free'>) {
  const text = useText();
  const [typed, setTyped] = useState(stage.name ?? '');
  const apply = () => {
    const name = typed.trim();
    if (name === (stage.name ?? '')) return;
    const { activities } = stage;
    onStage(name === '' ? { activities } : { name, activities });
  };
  return (
    <TextInput
      label={text('filters.stages.name')}
      placeholder={stageName({ activities: stage.activities })}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={apply}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        apply();
      }}
      size="xs"
    />
  );
}

interface StageToolsProps {
  name: string;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: number) => void;
  onRemove: (() => void) | undefined;
}

function StageTools({ name, isFirst, isLast, onMove, onRemove }: StageToolsProps) {
  const text = useText();
  const tools = [
    { key: 'filters.stages.earlier', Icon: ChevronLeft, isOff: isFirst, act: () => onMove(-1) },
    { key: 'filters.stages.later', Icon: ChevronRight, isOff: isLast, act: () => onMove(1) },
    { key: 'filters.stages.remove', Icon: X, isOff: !onRemove, act: () => onRemove?.() },
  ] as const;
  return tools.map(({ key, Icon, isOff, act }) => (
    <Tooltip key={key} label={text(key, { stage: name })}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={24}
        aria-label={text(key, { stage: name })}
        // Stays in the order of Tab: whoever moves a stage to the end keeps the focus.
        aria-disabled={isOff || undefined}
        data-off={isOff || undefined}
        className={styles.tool ?? ''}
        onClick={() => !isOff && act()}
      >
        <Icon size={14} aria-hidden />
      </ActionIcon>
    </Tooltip>
  ));
}

/** Which stage, of those that there are. */
export function StageChoice(props: {
  label: string;
  stages: FunnelStage[];
  value: string;
  onChange: (stage: string) => void;
}) {
  const { label, stages, value, onChange } = props;
  return (
    <Select
      label={label}
      data={stages.map(stageName)}
      value={value}
      allowDeselect={false}
      onChange={(next) => next !== null && onChange(next)}
    />
  );
}
