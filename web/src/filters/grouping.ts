// Activities shown together or under another name: how such a wish becomes a filter among others.
import { type Chip, replaced, without } from './chips';
import type { GroupFilter } from './filter';

/**
 * The chips with these activities seen as one of this name. The names are those that are seen now:
 * a group may be among them, and is then part of the new one.
 */
export function grouped(chips: Chip[], name: string, members: string[]): Chip[] {
  const at = chips.length - 1;
  const last = groupsAt(chips, at);
  if (!last) return [...chips, chipOf({ [name]: members })];
  const inside = members.flatMap((member) => last[member] ?? [member]);
  const others = Object.entries(last).filter(([known]) => !members.includes(known));
  return replaced(chips, at, chipOf({ ...Object.fromEntries(others), [name]: inside }));
}

/** The chips in which a group is no longer one. */
export function ungrouped(chips: Chip[], name: string): Chip[] {
  const at = chips.findLastIndex((_, idx) => groupsAt(chips, idx)?.[name] !== undefined);
  const { [name]: _, ...others } = groupsAt(chips, at) ?? {};
  if (at < 0) return chips;
  return Object.keys(others).length === 0
    ? without(chips, at)
    : replaced(chips, at, chipOf(others));
}

/** The members of a group, as the last filter that makes it names them. */
export function membersOf(chips: Chip[], name: string): string[] | undefined {
  const at = chips.findLastIndex((_, idx) => groupsAt(chips, idx)?.[name] !== undefined);
  return groupsAt(chips, at)?.[name];
}

function groupsAt(chips: Chip[], idx: number): GroupFilter['groups'] | undefined {
  const chip = chips[idx];
  if (!chip || chip.isPaused || !('kind' in chip.filter)) return undefined;
  return chip.filter.kind === 'group_activities' ? chip.filter.groups : undefined;
}

function chipOf(groups: GroupFilter['groups']): Chip {
  return { filter: { kind: 'group_activities', groups }, isPaused: false };
}
