import { instance } from '@viz-js/viz';
import { describe, expect, test } from 'vitest';
import type { MapPath } from '../../api/map';
import { arrowOfPath, END, type MapGraph, pathId, START, terminalArrows } from './graph';
import { type Direction, plan, readLayout } from './layout';
import { fitted, type Measure } from './measure';
import { layoutRequest } from './request';

/** Every letter is eight wide: widths do not depend on the fonts of a machine. */
const measure: Measure = (text) => [...text].length * 8;

function path(from: string, to: string, events: number): MapPath {
  return { from, to, events, cases: events, overlaps: 0, overlap_s: 0, shown_from: 0, shown: true };
}

/** Lead → offer → order → invoice; offers are revised, some orders are lost. */
const GRAPH: MapGraph = {
  cases: 100,
  activities: ['Lead', 'Offer', 'Revision', 'Order', 'Invoice', '失注'].map((activity) => {
    return { activity, events: 50, cases: 50, shown_from: 0, shown: true };
  }),
  paths: [
    path('Lead', 'Offer', 100),
    path('Offer', 'Order', 60),
    path('Order', 'Invoice', 60),
    path('Offer', '失注', 30),
    path('Offer', 'Revision', 20),
    path('Revision', 'Offer', 18),
    path('Invoice', 'Order', 3),
    path('Invoice', 'Invoice', 2),
  ],
  starts: [{ activity: 'Lead', cases: 100 }],
  ends: [
    { activity: 'Invoice', cases: 60 },
    { activity: '失注', cases: 38 },
    { activity: 'Revision', cases: 2 },
  ],
};

async function layoutOf(graph: MapGraph, direction: Direction = 'TB') {
  const arrows = [...graph.paths.map(arrowOfPath), ...terminalArrows(graph)];
  const [startWord, endWord] = ['Start', 'End'];
  const words = { startWord, endWord, valueWidth: 40, measure };
  const request = layoutRequest({ graph, arrows, direction, ...words });
  const planned = plan(request);
  const answer = (await instance()).renderString(planned.dot, { format: 'json0', engine: 'dot' });
  return { request, planned, layout: readLayout(request, planned, answer) };
}

describe('the engine', () => {
  test('is asked without labels of paths, and with loops turned round', async () => {
    const { planned, request } = await layoutOf(GRAPH);
    expect(planned.dot).toContain('nslimit=4;nslimit1=4');
    expect(planned.dot.match(/label=/g)).toHaveLength(1);
    const turned = [...planned.reversed].map((idx) => request.links[idx]?.id);
    expect(turned).toEqual([pathId('Revision', 'Offer'), pathId('Invoice', 'Order')]);
    await expect(planned.dot).toMatchFileSnapshot('golden/request.dot');
  });

  test('gives the same layout every time', async () => {
    const { layout } = await layoutOf(GRAPH);
    await expect(`${JSON.stringify(layout, null, 1)}\n`).toMatchFileSnapshot(
      'golden/layout.json.txt',
    );
  });
});

test('the process runs down, its main road straight, its loops up', async () => {
  const { layout } = await layoutOf(GRAPH);
  const road = [START, 'Lead', 'Offer', 'Order', 'Invoice', END].map((id) => layout.nodes[id]);
  for (const [idx, box] of road.entries()) {
    expect(box?.x).toBe(road[0]?.x);
    if (idx > 0) expect(box?.y).toBeGreaterThan(road[idx - 1]?.y ?? 0);
  }
  const back = layout.routes[pathId('Revision', 'Offer')];
  expect(back?.tip[1]).toBeLessThan(back?.points[0]?.[1] ?? 0);
});

test('every route ends at its activity', async () => {
  const { layout } = await layoutOf(GRAPH);
  for (const { from, to } of GRAPH.paths) {
    const { tip, points } = layout.routes[pathId(from, to)] ?? { tip: [0, 0], points: [] };
    const target = layout.nodes[to];
    expect(Math.abs(tip[0] - (target?.x ?? 0))).toBeLessThanOrEqual((target?.width ?? 0) / 2 + 1);
    expect(Math.abs(tip[1] - (target?.y ?? 0))).toBeLessThanOrEqual((target?.height ?? 0) / 2 + 1);
    expect(points.length % 3).toBe(1);
  }
});

test('from left to right the same road is level', async () => {
  const { layout } = await layoutOf(GRAPH, 'LR');
  expect(layout.nodes.Invoice?.y).toBeCloseTo(layout.nodes.Lead?.y ?? 0);
  expect(layout.nodes.Invoice?.x).toBeGreaterThan(layout.nodes.Lead?.x ?? 0);
});

test('stubs take no part in the layout', async () => {
  const { request } = await layoutOf(GRAPH);
  expect(request.links.some((link) => link.id === pathId('Revision', END))).toBe(false);
});

test('one activity, and none, have a layout', async () => {
  const one = { activity: 'a', events: 1, cases: 1, shown_from: 0, shown: true };
  const alone = { ...GRAPH, activities: [one], paths: [], starts: [], ends: [] };
  expect(Object.keys((await layoutOf(alone)).layout.nodes)).toHaveLength(3);
  expect(Object.keys((await layoutOf({ ...alone, activities: [] })).layout.nodes)).toHaveLength(2);
});

test('names that look like the language of the engine stay names', async () => {
  const activities = ['a"];b[', '<b>', 'n1'].map((activity) => {
    return { activity, events: 1, cases: 1, shown_from: 0, shown: true };
  });
  const graph = { ...GRAPH, activities, paths: [path('a"];b[', '<b>', 1)], starts: [], ends: [] };
  const { layout } = await layoutOf(graph);
  expect(Object.keys(layout.nodes).sort()).toEqual([START, END, 'a"];b[', '<b>', 'n1'].sort());
});

test('long names are cut with an ellipsis, by letters', () => {
  expect(fitted('Lead', '', 100, measure)).toBe('Lead');
  expect(fitted('Opportunity created', '', 80, measure)).toBe('Opportuni…');
  expect(fitted('見積書を送付する', '', 40, measure)).toBe('見積書を…');
});
