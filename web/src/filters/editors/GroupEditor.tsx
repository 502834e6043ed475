// Groups of activities that are shown as one, or single ones that are shown under another name:
// a list of them, of which one is being changed.
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { answerQuery } from '../../api/filters';
import type { TextKey } from '../../text/messages';
import { useText } from '../../text/useText';
import styles from '../Builder.module.css';
import type { GroupFilter } from '../filter';
import { namesOf } from '../says';
import { Asked } from './Asked';
import { type EditorProps, fieldsOf } from './editor';
import { ValueList, withChosen } from './ValueList';

/** Names may be empty or the same while they are typed: only the draft needs them good. */
type Row = { name: string; members: string[] };

const NEW: Row = { name: '', members: [] };

export function GroupEditor({ draft, selection, onDraft }: EditorProps) {
  const text = useText();
  const id = useId();
  const { version, filters } = selection;
  const query = useQuery(answerQuery(version.id, filters, 'activities'));
  const [rows, setRows] = useState<Row[]>(() => {
    const groups = Object.entries(fieldsOf<GroupFilter>(draft).groups ?? {});
    return groups.length > 0 ? groups.map(([name, members]) => ({ name, members })) : [NEW];
  });
  const [open, setOpen] = useState(0);
  const change = (next: Row[]) => {
    setRows(next);
    onDraft(draftOf(next, known));
  };
  const row = rows[open] ?? NEW;
  const others = new Set(rows.filter((_, idx) => idx !== open).flatMap(({ members }) => members));
  const set = (changed: Partial<Row>) => change(rows.with(open, { ...row, ...changed }));
  const known = query.data?.activities.map(({ activity }) => activity) ?? [];
  const fault = faultOf(rows, row, known);
  return (
    <>
      {rows.length > 1 && (
        <ul className={styles.groups} aria-label={text('filters.groups')}>
          {rows.map(({ name, members }, idx) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their places
            <li key={idx}>
              <button
                type="button"
                className={styles.group}
                aria-current={idx === open}
                onClick={() => setOpen(idx)}
              >
                <strong>{name || text('filters.editor.group.unnamed')}</strong>
                <span className={styles.detail}>
                  {members.length > 0 && namesOf(members, text)}
                </span>
              </button>
              <ActionIcon
                size={24}
                variant="subtle"
                color="gray"
                aria-label={text('filters.editor.group.remove', { name })}
                onClick={() => {
                  setOpen(Math.max(0, open - (idx <= open ? 1 : 0)));
                  change(rows.toSpliced(idx, 1));
                }}
              >
                <Trash2 size={14} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <TextInput
        id={id}
        key={open}
        label={text('filters.editor.group')}
        value={row.name}
        error={fault && text(fault)}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Asked query={query}>
        {({ activities }) => (
          <ValueList
            key={open}
            label={text('filters.editor.activities')}
            choices={withChosen(
              activities
                .filter(({ activity }) => !others.has(activity))
                .map(({ activity, cases }) => ({ value: activity, name: activity, count: cases }))
                .toSorted((one, other) => other.count - one.count),
              row.members,
              String,
            )}
            chosen={row.members}
            onChosen={(members) => set({ members })}
          />
        )}
      </Asked>
      <Button
        variant="default"
        size="compact-sm"
        justify="flex-start"
        leftSection={<Plus size={14} aria-hidden />}
        disabled={rows.some((one) => !isWhole(one))}
        onClick={() => {
          setOpen(rows.length);
          change([...rows, NEW]);
        }}
      >
        {text('filters.editor.group.add')}
      </Button>
    </>
  );
}

function isWhole({ name, members }: Row): boolean {
  return name.trim() !== '' && members.length > 0;
}

/** A filter as long as every group has a name of its own and members; else nothing. */
function draftOf(rows: Row[], known: string[]): { groups?: GroupFilter['groups'] } {
  const isGood = rows.every((row) => isWhole(row) && faultOf(rows, row, known) === undefined);
  if (!isGood) return {};
  return { groups: Object.fromEntries(rows.map(({ name, members }) => [name.trim(), members])) };
}

/** A group may be called like one of its members, but like no other activity and no other group. */
function faultOf(rows: Row[], row: Row, known: string[]): TextKey | undefined {
  const name = row.name.trim();
  if (name === '') return undefined;
  if (rows.some((one) => one !== row && one.name.trim() === name)) {
    return 'filters.editor.group.twice';
  }
  const isTaken = known.includes(name) && !row.members.includes(name);
  return isTaken && row.members.length > 0 ? 'filters.editor.group.taken' : undefined;
}
