import { instance } from '@viz-js/viz';
import { expect, test } from 'vitest';
import type { MapAnswer } from '../../api/map';
import { golden } from '../../pages/explore/testing';
import { ramp } from './colour';
import { drawingOf } from './drawing';
import { arrowOfPath, type MapGraph, terminalArrows } from './graph';
import { plan, readLayout } from './layout';
import { looksOf } from './looks';
import type { Measure } from './measure';
import type { Metric } from './metricNames';
import { layoutRequest } from './request';

/** Every letter is eight wide: widths do not depend on the fonts of a machine. */
const measure: Measure = (text) => [...text].length * 8;

const MAP = golden<{ tiles: { answer: MapAnswer }[] }>('map').tiles[0]?.answer as MapAnswer;
const GRAPH: MapGraph = {
  ...MAP,
  value: { attribute: 'Montant', type: 'number', currency: null },
};
const PALETTE = {
  activity: ramp(['#ffffff', '#000000']),
  path: ramp(['#ffffff', '#000000']),
  mutedActivity: '#eeeeee',
  mutedPath: '#dddddd',
  terminal: '#777777',
};

/** The whole picture of an answer in words: where everything stands, in which colour, what it says. */
async function pictureOf(metric: Metric): Promise<string> {
  const arrows = [...GRAPH.paths.map(arrowOfPath), ...terminalArrows(GRAPH)];
  const words = { startWord: 'Start', endWord: 'End', valueWidth: 60, measure };
  const request = layoutRequest({ graph: GRAPH, arrows, direction: 'TB', ...words });
  const planned = plan(request);
  const answer = (await instance()).renderString(planned.dot, { format: 'json0', engine: 'dot' });
  const layout = readLayout(request, planned, answer);
  const write = (value: number) => value.toFixed(2);
  const looks = looksOf({ graph: GRAPH, arrows, metric, palette: PALETTE, write });
  const drawing = drawingOf(layout, arrows, looks, measure);
  const at = (x: number, y: number) => `${x.toFixed(0)},${y.toFixed(0)}`;
  const nodes = MAP.activities.map(({ activity }) => {
    const [box, look] = [layout.nodes[activity], looks.activities.get(activity)];
    return `${activity}: ${at(box?.x ?? 0, box?.y ?? 0)} ${look?.fill} ${look?.value}`;
  });
  const ways = drawing.arrows.map((arrow) => {
    const [look, label] = [looks.arrows.get(arrow.id), drawing.labels.get(arrow.id)];
    const name = arrow.id.replace('\u0001', ' → ').replaceAll('\u0000', '');
    const said = label ? ` ${look?.value} ${at(label.x, label.y)}` : '';
    return `${name}: ${look?.colour} ${look?.width.toFixed(2)}${said}`;
  });
  return [`# ${metric}`, ...nodes, ...ways, ''].join('\n');
}

test('the picture of the golden answer stays as it is, under every kind of measure', async () => {
  const metrics: Metric[] = ['cases', 'most', 'median', 'valueSum', 'valueDelayed'];
  const pictures = await Promise.all(metrics.map(pictureOf));
  await expect(pictures.join('\n')).toMatchFileSnapshot('golden/picture.txt');
});
