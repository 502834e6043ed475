// The map as a file or a link: loaded when something is exported.
import type { RefObject } from 'react';
import type { MapScope } from '../../api/drawer';
import type { Log, Version } from '../../api/types';
import { download, fileName } from '../../files/download';
import { downloadPicture } from '../../files/picture';
import { svgFile } from '../../files/svgFile';
import { type Formats, formats } from '../../format';
import type { Metric } from '../../pictures/process-map/metricNames';
import { hasOwnTimes, withWaits } from '../../pictures/process-map/metrics';
import type { MapHandle } from '../../pictures/process-map/ProcessMap';
import { plainLanguage, settings } from '../../settings';
import { token } from '../../style/ramps';
import type { Say } from '../../text/useText';
import { captionLines } from '../log/caption';
import { copyLink } from '../log/link';
import type { ExportKind } from '../log/useHandOver';
import { mapCaption } from './caption';
import { printedScales } from './scales';
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
    case 'png':
      return downloadPicture(kind, await picture(of, words), name);
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
      return copyLink(href, of.version.number);
  }
}

async function picture(of: ExportOf, { text, format }: Words): Promise<string> {
  const drawn = of.map.current?.drawn();
  if (!drawn || !of.scene) throw new Error(text('map.drawing'));
  const graph = of.isWait ? withWaits(of.scene.graph) : of.scene.graph;
  const { metric, colours } = of;
  const scales = printedScales({
    metric,
    looks: drawn.looks,
    colours,
    hasOwnTimes: hasOwnTimes(graph),
    attribute: graph.value?.attribute,
    text,
    write: writer(format, text, graph.value),
  });
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
