import { expect, test } from 'vitest';
import type { CaseAnswer, CaseEvent } from '../../api/cases';
import { historiesOf } from './changes';
import { timelineEvents } from './timelineEvents';

function event(end: string | null, attributes: CaseEvent['attributes'], resource?: string) {
  const rest = { auxiliary: false, utc_offset_min: 0, precision: 'instant' as const };
  return { activity: 'a', end, attributes, ...rest, ...(resource ? { resource } : {}) };
}

function answer(attributes: CaseAnswer['attributes'], events: CaseEvent[]): CaseAnswer {
  const rest = { case: '1', duration_s: 0, variant: 'x', links: [], event_count: events.length };
  return { ...rest, attributes, events };
}

test('a value that stays the same is no change', () => {
  const eur = (amount: number) => ({ amount, currency: 'EUR' });
  const histories = historiesOf(
    answer({ Amount: eur(9), Region: 'East' }, [
      event('2024-01-01T00:00:00Z', { Amount: eur(8) }),
      event('2024-01-02T00:00:00Z', { Amount: eur(8), Source: 'CRM' }),
      event(null, {}),
      event('2024-01-04T00:00:00Z', { Amount: eur(9) }),
      event('2024-01-05T00:00:00Z', { Amount: eur(8) }),
    ]),
  );
  expect(histories).toEqual([
    {
      name: 'Amount',
      value: eur(9),
      changes: [
        { event: 0, at: '2024-01-01T00:00:00Z', value: eur(8) },
        { event: 3, at: '2024-01-04T00:00:00Z', value: eur(9) },
        { event: 4, at: '2024-01-05T00:00:00Z', value: eur(8) },
      ],
    },
    { name: 'Region', value: 'East', changes: [] },
  ]);
});

test('what has no time is not on the timeline, and keeps the places of the others', () => {
  const events = timelineEvents(
    answer({}, [event(null, {}), event('2024-01-01T00:00:00Z', {}, 'Ann')]),
  );
  expect(events).toEqual([
    {
      activity: 'a',
      person: 'Ann',
      start_ms: null,
      end_ms: Date.UTC(2024, 0, 1),
      idx: 1,
      isDay: false,
      wait_s: null,
    },
  ]);
});

test('beside a day the wait is that of the server', () => {
  const day = { ...event('2024-01-01T23:59:59Z', {}), precision: 'day' as const };
  const after = { ...event('2024-01-04T08:00:00Z', {}), wait_s: 259_200 };
  const later = { ...event('2024-01-04T09:00:00Z', {}), wait_s: 3_600 };
  const events = timelineEvents(answer({}, [day, after, later]));
  expect(events.map((one) => [one.isDay, one.wait_s])).toEqual([
    [true, null],
    [false, 259_200],
    [false, null],
  ]);
});
