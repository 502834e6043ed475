// The events of a case as its timeline draws them; what has no time is not on it.
import type { CaseAnswer } from '../../api/cases';
import type { TimelineEvent } from '../../pictures/timeline/lanes';

export function timelineEvents({ events }: CaseAnswer): TimelineEvent[] {
  return events.flatMap(({ activity, resource, start, end }, idx) => {
    const end_ms = end ? Date.parse(end) : Number.NaN;
    const start_ms = start ? Date.parse(start) : Number.NaN;
    if (Number.isNaN(end_ms)) return [];
    const person = resource === null || resource === undefined ? null : String(resource);
    return [{ activity, person, start_ms: Number.isNaN(start_ms) ? null : start_ms, end_ms, idx }];
  });
}
