// The funnel as a file of its own, with what was looked at above it.
import type { Log, Version } from '../../api/types';
import { fileName } from '../../files/download';
import { downloadPicture, type PictureKind } from '../../files/picture';
import { svgFile } from '../../files/svgFile';
import { readFilter } from '../../filters/filter';
import { says } from '../../filters/says';
import type { Formats } from '../../format';
import { textWidth } from '../../pictures/funnel/textWidth';
import type { Say } from '../../text/useText';

interface Exported {
  log: Log;
  version: Version;
  filters: unknown[];
  svg: SVGSVGElement;
  title: string;
  lines: string[];
  /** What the colours mean. */
  legend: { name: string; colour: string }[];
}

/** What a style sheet says of the parts of the picture, and a file must say itself. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
];

export async function exportPicture(
  kind: PictureKind,
  { log, version, filters, svg, title, lines, legend }: Exported,
  { text, format }: { text: Say; format: Formats },
): Promise<void> {
  const said = filters.map((filter) => {
    const known = readFilter(filter);
    return known ? says(known, text, format) : JSON.stringify(filter);
  });
  const scales = legend.map(({ name, colour }) => {
    return { title: name, steps: [token(colour)], isWedge: false, least: '' };
  });
  const number = text('shell.log.version', { number: String(version.number) });
  const caption = {
    title: `${log.name}: ${title}`,
    lines: [...lines, number, ...said],
    scales,
  };
  const paper = { page: token('surface'), ink: token('ink'), muted: token('muted') };
  const { width, height } = svg.getBoundingClientRect();
  const area = { left: 0, top: 0, right: width, bottom: height };
  const file = await svgFile({ svg: styled(svg), area }, caption, paper, measure);
  await downloadPicture(kind, file, fileName(`${log.name} ${title}`, version.number, kind));
}

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Wide enough for the lines above the picture. */
function measure(text: string, font: string): number {
  return textWidth(text, Number.parseFloat(font.split(' ')[1] ?? ''));
}

/** A copy that looks the same without the style sheet. */
function styled(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('font-family', getComputedStyle(svg).fontFamily);
  const originals = svg.querySelectorAll('*');
  for (const [idx, part] of copy.querySelectorAll('*').entries()) {
    const original = originals[idx];
    if (!original) continue;
    const style = getComputedStyle(original);
    for (const name of STYLES) part.setAttribute(name, style.getPropertyValue(name));
  }
  return copy;
}
