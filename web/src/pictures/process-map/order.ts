// Which way is forward: an order of the activities that most transitions follow.
//
// The arrows against it are the loops, and loops are drawn upwards. Choosing the order with the
// least weight against it is the feedback arc set problem; the start is the greedy order of Eades,
// Lin and Smyth ("A fast and effective heuristic for the feedback arc set problem", 1993), then
// each activity is moved to its best place until none gains.

export interface Link {
  from: number;
  to: number;
  weight: number;
}

const PASSES_MAX = 12;

/** The numbers 0 to count − 1 in the order of the process. */
export function processOrder(count: number, links: Link[]): number[] {
  const net = netFlow(count, links);
  let order = greedyOrder(count, net);
  for (let pass = 0; pass < PASSES_MAX; pass += 1) {
    const better = sifted(order, net);
    if (better === null) break;
    order = better;
  }
  return order;
}

/** What flows from one to another, less what flows back; positive entries only. */
type NetFlow = Map<number, number>[];

function netFlow(count: number, links: Link[]): NetFlow {
  const net: NetFlow = Array.from({ length: count }, () => new Map());
  for (const { from, to, weight } of links) {
    if (from === to) continue;
    net[from]?.set(to, (net[from]?.get(to) ?? 0) + weight);
    net[to]?.set(from, (net[to]?.get(from) ?? 0) - weight);
  }
  return net;
}

/** Sources to the front, sinks to the back, else whatever sends out most more than it takes in. */
function greedyOrder(count: number, net: NetFlow): number[] {
  const left = new Set(Array.from({ length: count }, (_, idx) => idx));
  const front: number[] = [];
  const back: number[] = [];
  while (left.size > 0) {
    const flows = [...left].map((node) => ({ node, ...flowsOf(node, net, left) }));
    const sink = flows.find((flow) => flow.out === 0 && flow.into > 0);
    const source = flows.find((flow) => flow.into === 0);
    const chosen = source ?? sink ?? strongestSender(flows);
    if (chosen === undefined) break;
    if (chosen === sink && chosen !== source) back.unshift(chosen.node);
    else front.push(chosen.node);
    left.delete(chosen.node);
  }
  return [...front, ...back];
}

interface Flow {
  node: number;
  out: number;
  into: number;
}

function flowsOf(node: number, net: NetFlow, among: Set<number>): { out: number; into: number } {
  let [out, into] = [0, 0];
  for (const [other, weight] of net[node] ?? []) {
    if (!among.has(other)) continue;
    if (weight > 0) out += weight;
    else into -= weight;
  }
  return { out, into };
}

function strongestSender(flows: Flow[]): Flow | undefined {
  return flows.reduce((best: Flow | undefined, flow) => {
    return best === undefined || best.out - best.into < flow.out - flow.into ? flow : best;
  }, undefined);
}

/** Moves each node to where most of its flow is forward; `null` when nothing gains. */
function sifted(order: number[], net: NetFlow): number[] | null {
  const places = [...order];
  let isBetter = false;
  for (const node of order) {
    const now = places.indexOf(node);
    const best = bestPlace(places, now, net[node] ?? new Map());
    if (best === now) continue;
    places.splice(now, 1);
    places.splice(best, 0, node);
    isBetter = true;
  }
  return isBetter ? places : null;
}

/** The place nearest to the present one with the largest gain. */
function bestPlace(places: number[], now: number, net: Map<number, number>): number {
  let [best, bestGain, gain] = [now, 0, 0];
  for (let place = now - 1; place >= 0; place -= 1) {
    gain += net.get(places[place] ?? -1) ?? 0;
    if (gain > bestGain) [best, bestGain] = [place, gain];
  }
  gain = 0;
  for (let place = now + 1; place < places.length; place += 1) {
    gain -= net.get(places[place] ?? -1) ?? 0;
    if (gain > bestGain) [best, bestGain] = [place, gain];
  }
  return best;
}

/**
 * The main road: the way along forward links with the largest sum of squared weights. The sum makes
 * it long, the squares keep it from taking weak detours. `start` and `end` are the ways in and out.
 */
export function mainRoad(
  order: number[],
  links: Link[],
  start: Map<number, number>,
  end: Map<number, number>,
): number[] {
  const place = new Map(order.map((node, idx) => [node, idx]));
  const best = new Map<number, { sum: number; before: number | null }>();
  for (const [node, weight] of start) best.set(node, { sum: weight ** 2, before: null });
  const forward = links.filter(({ from, to }) => (place.get(from) ?? 0) < (place.get(to) ?? 0));
  const leaving = new Map<number, Link[]>(order.map((node) => [node, []]));
  for (const link of forward) leaving.get(link.from)?.push(link);
  for (const node of order) {
    const here = best.get(node);
    if (here === undefined) continue;
    for (const { to, weight } of leaving.get(node) ?? []) {
      const sum = here.sum + weight ** 2;
      if (sum > (best.get(to)?.sum ?? 0)) best.set(to, { sum, before: node });
    }
  }
  return backwards(lastOf(order, best, end), best);
}

function lastOf(
  order: number[],
  best: Map<number, { sum: number }>,
  end: Map<number, number>,
): number | null {
  let [last, most] = [null as number | null, -1];
  for (const node of order) {
    const sum = best.get(node)?.sum;
    if (sum === undefined || !end.has(node)) continue;
    const whole = sum + (end.get(node) ?? 0) ** 2;
    if (whole > most) [last, most] = [node, whole];
  }
  return last;
}

function backwards(last: number | null, best: Map<number, { before: number | null }>): number[] {
  const road: number[] = [];
  for (let node = last; node !== null; node = best.get(node)?.before ?? null) road.unshift(node);
  return road;
}
