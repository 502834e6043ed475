// A part of the page as a picture to take away: loaded when somebody wants one.
import { canvasMeasure, FONT_FAMILY } from '../pictures/process-map/measure';
import { token } from '../style/ramps';
import { fileName } from './download';
import { drawnPart } from './drawnPage';
import { downloadPicture, element, finished, header, MARGIN, type PictureKind } from './picture';

interface PartOf {
  /** What is drawn. */
  part: HTMLElement;
  /** The name of the log, of the picture, and what was looked at. */
  log: string;
  version: number;
  title: string;
  lines: string[];
}

export async function exportPart(kind: PictureKind, of: PartOf): Promise<void> {
  const title = `${of.log} – ${of.title}`;
  await downloadPicture(kind, await partAsSvg({ ...of, title }), fileName(title, of.version, kind));
}

async function partAsSvg({ part, title, lines }: PartOf): Promise<string> {
  const paper = { page: token('surface'), ink: token('ink'), muted: token('muted') };
  const head = header({ title, lines, scales: [] }, paper, canvasMeasure());
  // Tables that scroll on the screen stand whole in the picture.
  part.dataset.drawn = '';
  const { group, width, height } = drawnPart(part);
  delete part.dataset.drawn;
  group.setAttribute('transform', `translate(${MARGIN}, ${MARGIN + head.height})`);
  const svg = element('svg', {
    'font-family': FONT_FAMILY,
    fill: paper.ink,
  });
  svg.append(group);
  const size = {
    width: Math.ceil(Math.max(width, head.width) + 2 * MARGIN),
    height: Math.ceil(height + 2 * MARGIN + head.height),
  };
  return finished(svg, size, head.parts, paper.page);
}
