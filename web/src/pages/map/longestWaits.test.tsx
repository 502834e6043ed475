import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { MapGraph } from '../../pictures/process-map/graph';
import { shown } from '../explore/testing';
import { LongestWaits } from './LongestWaits';

test('the longest waits are written as on the map, each in the unit that reads best', async () => {
  const activity = (name: string) => {
    return { activity: name, events: 9, cases: 9, shown_from: 0, shown: true };
  };
  const path = (from: string, to: string, median: number) => {
    const duration_s = { min: 0, mean: 0, median, p90: median, max: median, total: median };
    const rest = { overlaps: 0, overlap_s: 0, shown_from: 0, shown: true };
    return { from, to, events: 9, cases: 9, duration_s, ...rest };
  };
  const graph: MapGraph = {
    cases: 9,
    activities: [activity('a'), activity('b')],
    // Two days, an hour and a half, ten minutes: the unit of the middle one reads 3,153 minutes.
    paths: [path('a', 'b', 189_180), path('b', 'a', 5_898), path('b', 'b', 682)],
    starts: [],
    ends: [],
  };
  shown(() => <LongestWaits graph={graph} colourOf={() => '#000'} onSelect={() => {}} />, {});
  const rows = await screen.findAllByRole('button');
  expect(rows.map((one) => one.querySelector('b')?.textContent)).toEqual([
    '2.2 days',
    '1.6 hrs',
    '11.4 mins',
  ]);
});
