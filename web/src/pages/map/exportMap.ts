// The map as a file or a link: loaded when something is exported.
import type { RefObject } from 'react';
import type { MapScope } from '../../api/drawer';
import type { Log, Version } from '../../api/types';
import { download, fileName } from '../../files/download';
import { pngFile } from '../../files/picture';
import { type Formats, formats } from '../../format';
import type { Metric } from '../../pictures/process-map/metricNames';
import { hasOwnTimes, withWaits } from '../../pictures/process-map/metrics';
import type { MapHandle } from '../../pictures/process-map/ProcessMap';
import { plainLanguage, settings } from '../../settings';
import { token } from '../../style/ramps';
import type { Say } from '../../text/useText';
import { captionLines } from '../log/caption';
import { mapCaption } from './caption';
import { svgFile } from './exportPicture';
import type { ExportKind } from './StageTools';
import { isOne, scalesOf } from './scales';
import { columnsFor, csvOf, rowsOf } from './table';
import { columnNames } from './tableNames';
import type { Colours } from './useColours';
import type { MapData } from './useMapData';
import { measure, type Scene } from './useScene';
import type { Sliders } from './useSliders';
import { writer } from './write';

export interface ExportOf {
  log: Log;
  version: Version;
  data: MapData;
  scene: Scene | null;
  metric: Metric;
  colours: Colours;
  isWait: boolean;
  sliders: Sliders;
  filters: unknown[];
  scope: MapScope;
  map: RefObject<MapHandle | null>;
}

interface Words {
  text: Say;
  format: Formats;
}

/** Hands over a file, or puts a link into the clipboard. */
export async function exportMap(
  kind: ExportKind,
  of: ExportOf,
  href: string,
  words: Words,
): Promise<void> {
  const name = fileName(of.log.name, of.version.number, kind);
  switch (kind) {
    case 'svg':
      return download(await picture(of, words), name, 'image/svg+xml');
    case 'png':
      return download(await pngFile(await picture(of, words)), name, 'image/png');
    case 'csv': {
      const graph = of.data.shown?.map;
      if (graph) {
        const [{ figuresNow }, { sharesOf }] = await Promise.all([
          import('../../api/targets'),
          import('../targets/targets'),
        ]);
        const within = sharesOf(await figuresNow(of.log.id, of.scope));
        const columns = columnsFor(of.metric, within.size > 0);
        const rows = rowsOf(graph, of.metric, within);
        download(csvOf(rows, columns, columnNames(of.metric, graph, words.text)), name, 'text/csv');
      }
      return;
    }
    case 'link':
      return navigator.clipboard.writeText(linkOf(href, of.version.number));
  }
}

async function picture(of: ExportOf, { text, format }: Words): Promise<string> {
  const drawn = of.map.current?.drawn();
  if (!drawn || !of.scene) throw new Error(text('map.drawing'));
  const graph = of.isWait ? withWaits(of.scene.graph) : of.scene.graph;
  const { metric, colours } = of;
  const scales = scalesOf({
    metric,
    looks: drawn.looks,
    colours,
    hasOwnTimes: hasOwnTimes(graph),
    attribute: graph.value?.attribute,
    text,
    write: writer(format, text, graph.value),
  }).map(({ title, steps, isWedge, domain, write }) => ({
    title,
    steps,
    isWedge,
    least: write(domain.least),
    ...(isOne(domain) ? {} : { most: write(domain.most) }),
  }));
  // For a reader who has only the picture.
  const { says } = await import('../../filters/says');
  const zoned = formats(plainLanguage(settings().language), of.data.whole?.timeZone);
  const lines = captionLines(mapCaption(of, text, zoned), { text, format: zoned, says });
  const flag = drawn.svg.querySelector('[data-flag]')?.getAttribute('data-flag');
  if (flag) lines.push(`▲ ${flag}`);
  const caption = { title: of.log.name, lines, scales };
  const paper = { page: colours.picture.page, ink: token('ink'), muted: token('muted') };
  return svgFile(drawn, caption, paper, measure);
}

/** The address with the version in it, so that the picture stays the same when new data arrives. */
function linkOf(href: string, version: number): string {
  const address = new URL(href, location.origin);
  address.searchParams.set('version', String(version));
  return address.href;
}
