// How the attributes of a case changed while its events happened.
import type { CaseAnswer } from '../../api/cases';

interface Change {
  /** The event that brought the value. */
  event: number;
  /** RFC 3339; missing where the event has no time. */
  at: string | null;
  value: unknown;
}

interface AttributeHistory {
  name: string;
  /** The value of the case; missing where it has none. */
  value: unknown;
  /** The values that its events had, one for each time it changed. */
  changes: Change[];
}

/** The attributes of the case; those that only its events have are told with the events. */
export function historiesOf({ attributes, events }: CaseAnswer): AttributeHistory[] {
  const changes = new Map<string, Change[]>();
  for (const [event, { attributes: values, end }] of events.entries()) {
    for (const [name, value] of Object.entries(values)) {
      const known = changes.get(name) ?? [];
      const last = known.at(-1);
      if (!last || !isSame(last.value, value)) known.push({ event, at: end ?? null, value });
      changes.set(name, known);
    }
  }
  return Object.entries(attributes).map(([name, value]) => ({
    name,
    value,
    changes: changes.get(name) ?? [],
  }));
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
