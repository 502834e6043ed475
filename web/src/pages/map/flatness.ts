// Is there a process in a log at all?
import type { MapOfVersion } from '../../api/map';

export type Flat = { kind: 'activity'; activity: string } | { kind: 'case' };

/** Whether a log has no process in it: one activity, or one event in every case. */
export function flatness(whole: MapOfVersion): Flat | null {
  const { activities, left_out } = whole.map;
  const [only] = activities;
  if (activities.length === 1 && only && left_out.length === 0) {
    return { kind: 'activity', activity: only.activity };
  }
  const isOneEach = whole.total.events > 1 && whole.total.events === whole.total.cases;
  return isOneEach ? { kind: 'case' } : null;
}
