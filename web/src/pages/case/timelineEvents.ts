// The events of a case as its timeline draws them; what has no time is not on it.
import type { CaseAnswer } from '../../api/cases';
import type { TimelineEvent } from '../../pictures/timeline/lanes';
import { isToDay } from '../../precision';

export function timelineEvents({ events }: CaseAnswer): TimelineEvent[] {
  return events.flatMap((event, idx) => {
    const { activity, resource, start, end, wait_s } = event;
    const end_ms = end ? Date.parse(end) : Number.NaN;
    const start_ms = start ? Date.parse(start) : Number.NaN;
    if (Number.isNaN(end_ms)) return [];
    const person = resource === null || resource === undefined ? null : String(resource);
    const isDay = isToDay(event.precision);
    // Between a day and the event before it are whole days, as the server counts them.
    const wait = isToDay(event.precision, events[idx - 1]?.precision) ? (wait_s ?? null) : null;
    const known = Number.isNaN(start_ms) ? null : start_ms;
    return [{ activity, person, start_ms: known, end_ms, idx, isDay, wait_s: wait }];
  });
}
