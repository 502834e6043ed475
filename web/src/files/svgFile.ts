// The map as a file of its own: the drawing on the screen without what belongs to the screen.

import type { Measure } from '../pictures/process-map/measure';
import type { Area } from '../pictures/process-map/place';
import { type Caption, finished, header, MARGIN, type Paper } from './picture';

interface Drawn {
  svg: SVGSVGElement;
  /** What the drawing takes, in its own measure. */
  area: Area;
}

/** The drawing as SVG text; the font goes into it, so that it looks the same everywhere. */
export async function svgFile(
  { svg, area }: Drawn,
  caption: Caption,
  paper: Paper,
  measure: Measure,
): Promise<string> {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  for (const help of copy.querySelectorAll('[data-help]')) help.remove();
  for (const label of copy.querySelectorAll('[data-room="none"]')) label.remove();
  const head = header(caption, paper, measure);
  const drawing = { width: area.right - area.left, height: area.bottom - area.top };
  const width = Math.ceil(Math.max(drawing.width, head.width) + 2 * MARGIN);
  const height = Math.ceil(drawing.height + 2 * MARGIN + head.height);
  const left = (width - drawing.width) / 2 - area.left;
  const top = MARGIN + head.height - area.top;
  const world = copy.querySelector('[data-world]');
  world?.setAttribute('transform', `translate(${left}, ${top})`);
  return finished(copy, { width, height }, head.parts, paper.page);
}
