import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Link, mainRoad, processOrder } from './order';

function links(text: string): Link[] {
  return text.split(' ').map((one) => {
    const [from = 0, to = 0, weight = 0] = one.split(/[>:]/).map(Number);
    return { from, to, weight };
  });
}

interface Process {
  count: number;
  links: string;
  starts: [number, number][];
  ends: [number, number][];
  order: number[];
  road: number[];
}

test('order and road are those of the server', () => {
  const file = readFileSync('../testdata/process-order.json', 'utf8');
  const processes = JSON.parse(file) as Process[];
  expect(processes).toHaveLength(24);
  for (const { count, starts, ends, order, road, ...process } of processes) {
    const all = links(process.links);
    expect(processOrder(count, all)).toEqual(order);
    expect(mainRoad(order, all, new Map(starts), new Map(ends))).toEqual(road);
  }
});

test('a loop does not turn the process over', () => {
  // 0 → 1 → 2 → 3, and from 3 back to 1 less often.
  expect(processOrder(4, links('0>1:9 1>2:9 2>3:9 3>1:4'))).toEqual([0, 1, 2, 3]);
});

test('of two directions the more frequent one is forward', () => {
  expect(processOrder(2, links('0>1:3 1>0:5'))).toEqual([1, 0]);
});

test('as little as possible runs against the order', () => {
  // Only 4 → 0 (weight 1) has to go back; every other order costs more.
  const all = links('0>1:5 1>2:5 2>3:5 3>4:5 4>0:1 0>3:2');
  const order = processOrder(5, all);
  const against = all
    .filter(({ from, to }) => order.indexOf(from) > order.indexOf(to))
    .reduce((sum, link) => sum + link.weight, 0);
  expect(against).toBe(1);
});

test('what repeats itself and what stands alone has a place', () => {
  expect(processOrder(3, links('0>0:7 0>1:1')).sort()).toEqual([0, 1, 2]);
  expect(processOrder(0, [])).toEqual([]);
});

test('the main road is long and strong, and takes no weak detour', () => {
  // From 1 to 3 directly 50², by way of 2 only 30² + 30².
  const all = links('0>1:60 1>3:50 1>2:30 2>3:30 3>4:40');
  const road = mainRoad([0, 1, 2, 3, 4], all, new Map([[0, 60]]), new Map([[4, 40]]));
  expect(road).toEqual([0, 1, 3, 4]);
});

test('without an end there is no main road', () => {
  expect(mainRoad([0, 1], links('0>1:5'), new Map([[0, 5]]), new Map())).toEqual([]);
});
