// What is compared as a file or a link: loaded when something is exported.
import type { RefObject } from 'react';
import type { ComparedActivity, ComparedPath, ComparisonAnswer } from '../../api/comparison';
import type { Log, Version } from '../../api/types';
import { type CsvCell, csv } from '../../files/csv';
import { download, fileName } from '../../files/download';
import { type Caption, downloadPicture, type PrintedScale } from '../../files/picture';
import { svgFile } from '../../files/svgFile';
import type { Formats } from '../../format';
import { type Compared, differenceOf, isFew } from '../../pictures/process-map/compared';
import type { Looks } from '../../pictures/process-map/looks';
import type { MapHandle } from '../../pictures/process-map/ProcessMap';
import { token } from '../../style/ramps';
import type { Say } from '../../text/useText';
import { copyLink } from '../log/link';
import type { ExportKind } from '../log/useHandOver';
import { printedScales } from '../map/scales';
import type { Colours } from '../map/useColours';
import { measure } from '../map/useScene';
import { writer } from '../map/write';
import { medianOf } from './itemWords';
import type { View } from './Maps';
import type { ComparedLooks } from './useComparedLooks';
import { differenceWords } from './words';

export interface ExportOf {
  log: Log;
  version: Version;
  answer: ComparisonAnswer;
  view: View;
  metric: Compared;
  looks: ComparedLooks;
  colours: Colours;
  /** What the sides are, in words. */
  names: { a: string; b: string };
  maps: [RefObject<MapHandle | null>, RefObject<MapHandle | null>];
}

interface Words {
  text: Say;
  format: Formats;
}

/** Hands over a file, or puts a link into the clipboard. */
export async function exportCompared(
  kind: ExportKind,
  of: ExportOf,
  href: string,
  words: Words,
): Promise<void> {
  const name = fileName(of.log.name, of.version.number, kind);
  switch (kind) {
    case 'svg':
    case 'png':
      return downloadPicture(kind, await picture(of, words), name);
    case 'csv':
      return download(csvOf(of.answer, words.text), name, 'text/csv');
    case 'link':
      return copyLink(href, of.version.number);
  }
}

async function picture(of: ExportOf, words: Words): Promise<string> {
  const { text } = words;
  const version = text('shell.log.version', { number: String(of.version.number) });
  const line = (side: 'a' | 'b') =>
    text('compare.caption', {
      side: text(`compare.side.${side}`),
      name: of.names[side],
      cases: of.answer[side].cases,
    });
  const caption = (more: Omit<Caption, 'title'>): Caption => ({ title: of.log.name, ...more });
  if (of.view === 'difference') {
    const lines = [
      `${text('compare.map.difference')} · ${text(`compare.metric.${of.metric}`)} · ${version}`,
      line('a'),
      line('b'),
      text('compare.legend.width'),
    ];
    return drawn(of, 0, caption({ lines, scales: differenceScale(of, words) }));
  }
  const scales = sideScales(of, of.looks.sides.looks.a, words);
  const metric = `${text(`compare.metric.${of.metric}`)} · ${version}`;
  const left = await drawn(of, 0, caption({ lines: [line('a'), metric], scales }));
  const right = await drawn(of, 1, caption({ lines: [line('b'), metric], scales }));
  return beside(left, right);
}

function drawn(of: ExportOf, idx: 0 | 1, caption: Caption): Promise<string> {
  const map = of.maps[idx].current?.drawn();
  if (!map) throw new Error('map');
  const paper = { page: of.colours.picture.page, ink: token('ink'), muted: token('muted') };
  return svgFile(map, caption, paper, measure);
}

function sideScales(of: ExportOf, looks: Looks, { text, format }: Words): PrintedScale[] {
  return printedScales({
    metric: of.metric === 'share' ? 'share' : 'median',
    looks,
    colours: of.colours,
    hasOwnTimes: false,
    text,
    write: writer(format, text),
  });
}

/** The whole ramp, as far to either side as the largest difference. */
function differenceScale(of: ExportOf, { text, format }: Words): PrintedScale[] {
  const { difference, steps } = of.looks;
  const domain = difference.activityDomain;
  if (!domain) return [];
  const { said } = differenceWords(text, format);
  const reach = Math.max(Math.abs(domain.least), Math.abs(domain.most));
  const title = text(`compare.legend.${of.metric}`);
  return [
    { title, steps, isWedge: false, least: said(reach, of.metric), most: said(-reach, of.metric) },
  ];
}

/** Two pictures as one, the second to the right of the first. */
function beside(left: string, right: string): string {
  const parts = [left, right].map((text) => {
    const svg = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    const [width, height] = ['width', 'height'].map((name) => Number(svg.getAttribute(name)));
    return { svg, width: width ?? 0, height: height ?? 0 };
  });
  const width = parts.reduce((sum, part) => sum + part.width, 0);
  const height = Math.max(...parts.map((part) => part.height));
  const whole = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  for (const [name, value] of Object.entries(size)) whole.setAttribute(name, String(value));
  let x = 0;
  for (const { svg, width } of parts) {
    const copy = document.importNode(svg, true);
    copy.setAttribute('x', String(x));
    whole.append(copy);
    x += width;
  }
  return new XMLSerializer().serializeToString(whole);
}

/** Every activity and every path; times in seconds, differences are A − B. */
function csvOf({ activities, paths }: ComparisonAnswer, text: Say): string {
  const of = (key: 'cases' | 'share' | 'events', side: 'a' | 'b') =>
    text('compare.table.of', {
      name: text(`compare.figure.${key}`),
      side: text(`compare.letter.${side}`),
    });
  const median = (side: 'a' | 'b') =>
    text('compare.table.of', {
      name: text('map.table.seconds', { name: text('compare.table.median') }),
      side: text(`compare.letter.${side}`),
    });
  const head = [
    text('map.table.from'),
    text('map.table.to'),
    ...(['cases', 'share', 'events'] as const).flatMap((key) => [of(key, 'a'), of(key, 'b')]),
    text('compare.table.difference.share'),
    text('compare.few'),
    median('a'),
    median('b'),
    text('map.table.seconds', { name: text('compare.table.difference.time') }),
    text('compare.table.fewTimes'),
  ];
  const row = (names: [string, string], one: ComparedActivity | ComparedPath): CsvCell[] => [
    ...names,
    ...(['cases', 'share', 'events'] as const).flatMap((key) => [
      one.a[key] ?? null,
      one.b[key] ?? null,
    ]),
    differenceOf(one, 'share'),
    isFew(one, 'share') ? 1 : 0,
    medianOf(one, 'a'),
    medianOf(one, 'b'),
    differenceOf(one, 'time'),
    isFew(one, 'time') ? 1 : 0,
  ];
  return csv([
    head,
    ...activities.map((one) => row([one.activity, ''], one)),
    ...paths.map((one) => row([one.from, one.to], one)),
  ]);
}
