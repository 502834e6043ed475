// The picture and the table as files, and a link that shows the same.
import { notifications } from '@mantine/notifications';
import { useRouter } from '@tanstack/react-router';
import type { RefObject } from 'react';
import type { Log, Version } from '../../api/types';
import { download, fileName } from '../../files/download';
import { useFormats } from '../../format';
import type { Metric } from '../../pictures/process-map/metrics';
import type { MapHandle } from '../../pictures/process-map/ProcessMap';
import { token } from '../../style/ramps';
import { type Say, useText } from '../../text/useText';
import { shareOf } from './Detail';
import type { ExportKind } from './StageTools';
import { type Column, csvOf, isTime, rowsOf } from './table';
import type { Colours } from './useColours';
import type { MapData } from './useMapData';
import type { Scene } from './useScene';
import type { Sliders } from './useSliders';

/** Loaded when something is exported. */
type Files = typeof import('./exportPicture');

interface ExportOf {
  log: Log;
  version: Version;
  data: MapData;
  scene: Scene | null;
  sliders: Sliders;
  metric: Metric;
  colours: Colours;
  map: RefObject<MapHandle | null>;
}

export function useExport(of: ExportOf): (kind: ExportKind) => void {
  const text = useText();
  const format = useFormats();
  const router = useRouter();

  const picture = async (files: Files) => {
    const svg = of.map.current?.svg();
    if (!svg || !of.scene) throw new Error(text('map.drawing'));
    const note = text('map.export.note', {
      cases: format.number(of.scene.graph.cases, 0),
      version: String(of.version.number),
      share: shareOf(of.sliders.coverage, format.percent),
      metric: text(`map.metric.${of.metric}`),
    });
    const paper = { page: of.colours.picture.page, ink: token('ink'), muted: token('muted') };
    return files.svgFile(svg, of.scene.layout, { title: of.log.name, note }, paper);
  };

  const act = async (kind: ExportKind) => {
    const files = await import('./exportPicture');
    const name = fileName(of.log.name, of.version.number, kind);
    switch (kind) {
      case 'svg':
        return download(await picture(files), name, 'image/svg+xml');
      case 'png':
        return download(await files.pngFile(await picture(files)), name, 'image/png');
      case 'csv': {
        const graph = of.data.shown?.map;
        if (graph) download(csvOf(rowsOf(graph), columnNames(text)), name, 'text/csv');
        return;
      }
      case 'link':
        await navigator.clipboard.writeText(linkOf(router.state.location.href, of.version.number));
        notifications.show({ message: text('map.export.linked') });
    }
  };
  return (kind) =>
    void act(kind).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      notifications.show({ color: 'red', message: text('map.export.failed', { reason }) });
    });
}

/** The address with the version in it, so that the picture stays the same when new data arrives. */
function linkOf(href: string, version: number): string {
  const address = new URL(href, location.origin);
  address.searchParams.set('version', String(version));
  return address.href;
}

function columnNames(text: Say): Record<Column, string> {
  const name = (column: Column) => {
    const plain = text(`map.table.${column}`);
    return isTime(column) ? text('map.table.seconds', { name: plain }) : plain;
  };
  return {
    from: name('from'),
    to: name('to'),
    cases: name('cases'),
    share: name('share'),
    passes: name('passes'),
    median: name('median'),
    mean: name('mean'),
    p90: name('p90'),
    max: name('max'),
    total: name('total'),
  };
}
