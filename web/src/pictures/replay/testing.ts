// What the tests of the replay stand on: answers of the program, and a picture to move on.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MovementsAnswer } from '../../api/movements';
import { type Arrow, pathId } from '../process-map/graph';
import type { Box, Layout } from '../process-map/layout';
import type { Looks } from '../process-map/looks';

/**
 * What `paydirt ask testdata/logs/shipped/… movements --json` writes, byte for byte: `commandes` in
 * the time zone of Paris, `loans` with pairs of start and end. The tests of the program hold them
 * to that (`determinism.rs`).
 */
export function golden(name: 'commandes' | 'loans'): MovementsAnswer {
  const path = join(import.meta.dirname, 'golden', `${name}.json.txt`);
  return JSON.parse(readFileSync(path, 'utf8')) as MovementsAnswer;
}

/** Activities one below the other, 100 apart, and straight ways between those that are named. */
export function drawnWith(activities: string[], shown: [from: string, to: string][]) {
  const nodes: Record<string, Box> = {};
  for (const [idx, activity] of activities.entries()) {
    nodes[activity] = { x: 100, y: 100 * idx, width: 60, height: 36 };
  }
  const layout: Layout = { width: 200, height: 400, direction: 'TB', nodes, routes: {} };
  const looks: Looks = {
    activities: new Map(),
    arrows: new Map(),
    activityDomain: null,
    pathDomain: null,
    widthDomain: null,
  };
  const arrows = shown.map(([from, to]): Arrow => {
    const id = pathId(from, to);
    const [start, end] = [nodes[from]?.y ?? 0, nodes[to]?.y ?? 0];
    const third = (end - start) / 3;
    layout.routes[id] = {
      points: [
        [100, start],
        [100, start + third],
        [100, start + 2 * third],
        [100, end],
      ],
      tip: [100, end],
    };
    looks.arrows.set(id, { colour: '#000', width: 4, value: '', place: null });
    return { id, from, to, cases: 1, events: 1 };
  });
  return { layout, arrows, looks };
}
