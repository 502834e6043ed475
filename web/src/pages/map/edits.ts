// What hiding, renaming and grouping activities does to the filters of the page.

type Hide = { not: { kind: 'event_activity'; activities: string[] } };
type Group = { kind: 'group_activities'; groups: Record<string, string[]> };

/** Without the events of these activities; hiding one after another is one filter. */
export function withHidden(filters: unknown[], activities: string[]): unknown[] {
  const last = filters.at(-1);
  const before = isHide(last) ? last.not.activities : [];
  const rest = isHide(last) ? filters.slice(0, -1) : filters;
  const all = [...new Set([...before, ...activities])];
  return [...rest, { not: { kind: 'event_activity', activities: all } } satisfies Hide];
}

/** Several activities as one, or one under another name. */
export function withGroup(filters: unknown[], name: string, members: string[]): unknown[] {
  return [...filters, { kind: 'group_activities', groups: { [name]: members } } satisfies Group];
}

/** The activities that a name of the map stands for, where it is one that was given there. */
export function membersOf(filters: unknown[], name: string): string[] | undefined {
  const found = filters.findLast((one): one is Group => isGroup(one) && name in one.groups);
  return found?.groups[name];
}

/** Whether activities have other names than those of the log. */
export function hasGroups(filters: unknown[]): boolean {
  return filters.some(isGroup);
}

/** The activities of a group under their own names again. */
export function withoutGroup(filters: unknown[], name: string): unknown[] {
  const at = filters.findLastIndex((one) => isGroup(one) && name in one.groups);
  const found = filters[at];
  if (!isGroup(found)) return filters;
  const { [name]: _, ...others } = found.groups;
  const left = Object.keys(others).length > 0 ? [{ ...found, groups: others }] : [];
  return [...filters.slice(0, at), ...left, ...filters.slice(at + 1)];
}

function isGroup(value: unknown): value is Group {
  return kindOf(value) === 'group_activities';
}

function isHide(value: unknown): value is Hide {
  if (typeof value !== 'object' || value === null || !('not' in value)) return false;
  return kindOf(value.not) === 'event_activity';
}

function kindOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
}
