// A part of the page as a drawing: what stands in it is drawn where it stands, with its looks.
//
// A browser draws HTML into an SVG only as a foreign object, which few programs show and which no
// canvas may be read back from. So texts, grounds and borders become texts and shapes of their own.
import { element } from './picture';

/** What belongs to the screen alone. */
const LEFT_OUT = '.not-printed, .only-read-aloud, [data-help], input, select, textarea';
/** What is folded away. */
const FOLDED = 'details:not([open]) > :not(summary)';

/** What decides how a shape of a picture looks. */
const LOOKS = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'paint-order',
  'visibility',
  'display',
] as const;

const CLEAR = new Set(['transparent', 'rgba(0, 0, 0, 0)', 'none', '']);

interface Origin {
  left: number;
  top: number;
}

interface DrawnPart {
  group: SVGElement;
  width: number;
  height: number;
}

/** Draws an element of the page and all that is seen in it. */
export function drawnPart(root: HTMLElement): DrawnPart {
  const { left, top, width, height } = root.getBoundingClientRect();
  const group = element('g', {});
  drawChildren(root, { left, top }, group, new Clips());
  return { group, width, height };
}

/** Numbers the frames that cut off what is larger than they are. */
class Clips {
  private count = 0;

  next(): string {
    this.count += 1;
    return `frame-${this.count}`;
  }
}

function draw(part: HTMLElement, origin: Origin, into: SVGElement, clips: Clips): void {
  const style = getComputedStyle(part);
  if (part.matches(LEFT_OUT) || part.matches(FOLDED)) return;
  if (style.display === 'none' || style.visibility === 'hidden') return;
  const box = boxOf(part, origin);
  let ground = into;
  if (Number(style.opacity) < 1) {
    ground = element('g', { opacity: style.opacity });
    into.append(ground);
  }
  const corners = cornersOf(style.clipPath, box);
  if (corners) ground = cut(element('polygon', { points: corners }), ground, clips);
  drawGround(box, style, ground, clips);
  if (part instanceof HTMLCanvasElement) {
    const href = part.toDataURL();
    ground.append(element('image', { ...attributesOf(box), href }));
    return;
  }
  drawChildren(part, origin, isCutting(style) ? framed(box, ground, clips) : ground, clips);
}

function drawChildren(part: Element, origin: Origin, into: SVGElement, clips: Clips): void {
  for (const child of part.childNodes) {
    if (child instanceof SVGSVGElement) drawPicture(child, origin, into);
    else if (child instanceof HTMLElement) draw(child, origin, into, clips);
    else if (child instanceof Text) drawText(child, origin, into);
  }
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function boxOf(part: Element, origin: Origin): Box {
  const { left, top, width, height } = part.getBoundingClientRect();
  return { x: left - origin.left, y: top - origin.top, width, height };
}

function attributesOf({ x, y, width, height }: Box): Record<string, string> {
  return { x: `${x}`, y: `${y}`, width: `${width}`, height: `${height}` };
}

function isCutting({ overflowX, overflowY }: CSSStyleDeclaration): boolean {
  return overflowX !== 'visible' || overflowY !== 'visible';
}

/** A group that shows nothing beyond a box. */
function framed(box: Box, into: SVGElement, clips: Clips): SVGElement {
  return cut(element('rect', attributesOf(box)), into, clips);
}

/** A group that shows nothing beyond a shape. */
function cut(shape: SVGElement, into: SVGElement, clips: Clips): SVGElement {
  const id = clips.next();
  const clip = element('clipPath', { id });
  clip.append(shape);
  const group = element('g', { 'clip-path': `url(#${id})` });
  into.append(clip, group);
  return group;
}

/** The corners of a shape that a sheet cuts out of a box: lengths, shares, and one less the other. */
function cornersOf(path: string, { x, y, width, height }: Box): string | null {
  const inner = /^polygon\((.*)\)$/.exec(path)?.[1];
  if (inner === undefined) return null;
  const length = (words: string, whole: number) => {
    const parts = words.replace(/calc\(|\)|\s/g, '').match(/-?[\d.]+(?:px|%)?/g) ?? [];
    return parts.reduce((sum, part) => {
      const value = Number.parseFloat(part);
      return sum + (part.endsWith('%') ? (value / 100) * whole : value);
    }, 0);
  };
  const corners = inner.split(',').map((corner) => {
    const [left = '0', top = '0'] = corner.trim().match(/calc\([^)]*\)|[^\s]+/g) ?? [];
    return `${x + length(left, width)},${y + length(top, height)}`;
  });
  return corners.join(' ');
}

/** A colour as every program reads it. */
function plain(colour: string): string {
  const parts = /^color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)(?: \/ ([\d.]+))?\)$/.exec(colour);
  if (!parts) return colour;
  const [red, green, blue] = parts.slice(1, 4).map((one) => Math.round(Number(one) * 255));
  return `rgba(${red}, ${green}, ${blue}, ${parts[4] ?? 1})`;
}

const COLOURS = /(?:rgba?|color)\([^)]*\)/g;

/** Lines that are painted across a ground, such as those of a scale. */
function drawLines(box: Box, style: CSSStyleDeclaration, into: SVGElement): void {
  const colours = style.backgroundImage.match(COLOURS) ?? [];
  const places = style.backgroundPosition.split(',');
  for (const [idx, size] of style.backgroundSize.split(',').entries()) {
    const [, height = 'auto'] = size.trim().split(' ');
    if (!height.endsWith('px')) continue;
    const thick = Number.parseFloat(height);
    const share = Number.parseFloat(places[idx]?.trim().split(' ')[1] ?? '0') / 100;
    const y = box.y + share * (box.height - thick);
    const line = { ...attributesOf({ ...box, y, height: thick }) };
    into.append(element('rect', { ...line, fill: plain(colours[idx * 2] ?? 'none') }));
  }
}

/** Stripes of two colours. */
function striped(colours: string[], into: SVGElement, clips: Clips): string {
  const id = clips.next();
  const pattern = element('pattern', {
    id,
    width: '5',
    height: '5',
    patternUnits: 'userSpaceOnUse',
    patternTransform: 'rotate(45)',
  });
  const [line = 'none', ground = 'none'] = [colours[0], colours.at(-1)];
  pattern.append(
    element('rect', { width: '5', height: '5', fill: plain(ground) }),
    element('rect', { width: '2', height: '5', fill: plain(line) }),
  );
  into.append(pattern);
  return id;
}

function drawGround(box: Box, style: CSSStyleDeclaration, into: SVGElement, clips: Clips): void {
  if (box.width === 0 || box.height === 0) return;
  const corner = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, box.height / 2);
  const shape = { ...attributesOf(box), rx: `${corner}` };
  if (!CLEAR.has(style.backgroundColor)) {
    into.append(element('rect', { ...shape, fill: plain(style.backgroundColor) }));
  }
  const image = style.backgroundImage;
  const steps = image.match(COLOURS) ?? [];
  if (image.startsWith('repeating-linear-gradient')) {
    into.append(element('rect', { ...shape, fill: `url(#${striped(steps, into, clips)})` }));
  } else if (image.startsWith('linear-gradient') && style.backgroundSize !== 'auto') {
    drawLines(box, style, into);
  } else if (image.startsWith('linear-gradient') && steps.length > 1) {
    const id = clips.next();
    const gradient = element('linearGradient', { id });
    for (const [step, colour] of steps.entries()) {
      const offset = `${step / (steps.length - 1)}`;
      gradient.append(element('stop', { offset, 'stop-color': plain(colour) }));
    }
    into.append(gradient, element('rect', { ...shape, fill: `url(#${id})` }));
  }
  drawBorders(box, shape, style, into);
}

const SIDES = ['top', 'right', 'bottom', 'left'] as const;

function drawBorders(
  box: Box,
  shape: Record<string, string>,
  style: CSSStyleDeclaration,
  into: SVGElement,
): void {
  const borders = SIDES.map((side) => {
    const kind = style.getPropertyValue(`border-${side}-style`);
    const width = Number.parseFloat(style.getPropertyValue(`border-${side}-width`)) || 0;
    const colour = style.getPropertyValue(`border-${side}-color`);
    const isSeen = kind !== 'none' && kind !== 'hidden' && width > 0 && !CLEAR.has(colour);
    return isSeen ? { kind, width, colour } : null;
  });
  const [first] = borders;
  const lines = (border: { kind: string; width: number; colour: string }) => ({
    stroke: border.colour,
    'stroke-width': `${border.width}`,
    ...(border.kind === 'dashed' ? { 'stroke-dasharray': '3 3' } : {}),
  });
  if (first && borders.every((one) => JSON.stringify(one) === JSON.stringify(first))) {
    into.append(element('rect', { ...shape, fill: 'none', ...lines(first) }));
    return;
  }
  const { x, y, width, height } = box;
  const ends = {
    top: [x, y, x + width, y],
    right: [x + width, y, x + width, y + height],
    bottom: [x, y + height, x + width, y + height],
    left: [x, y, x, y + height],
  };
  for (const [idx, side] of SIDES.entries()) {
    const border = borders[idx];
    if (!border) continue;
    const [x1, y1, x2, y2] = ends[side].map(String) as [string, string, string, string];
    into.append(element('line', { x1, y1, x2, y2, ...lines(border) }));
  }
}

/** A picture within the page, with the looks that the sheets of the page give it. */
function drawPicture(svg: SVGSVGElement, origin: Origin, into: SVGElement): void {
  const style = getComputedStyle(svg);
  const box = boxOf(svg, origin);
  if (svg.matches(LEFT_OUT) || style.display === 'none' || box.width === 0) return;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [idx, original] of originals.entries()) {
    const looks = getComputedStyle(original);
    for (const look of LOOKS) {
      const value = looks.getPropertyValue(look);
      if (value !== '') copies[idx]?.setAttribute(look, value);
    }
    copies[idx]?.removeAttribute('style');
  }
  for (const part of copy.querySelectorAll(LEFT_OUT)) part.remove();
  for (const [name, value] of Object.entries(attributesOf(box))) copy.setAttribute(name, value);
  copy.setAttribute('display', 'inline');
  copy.setAttribute('overflow', style.overflow === 'visible' ? 'visible' : 'hidden');
  into.append(copy);
}

interface Line {
  words: string;
  left: number;
  top: number;
  height: number;
  bottom: number;
  width: number;
}

function drawText(node: Text, origin: Origin, into: SVGElement): void {
  const part = node.parentElement;
  if (!part || node.data.trim() === '') return;
  const style = getComputedStyle(part);
  const looks = {
    'font-size': style.fontSize,
    'font-weight': style.fontWeight,
    fill: style.color,
    style: `font-variant-numeric: ${style.fontVariantNumeric}; white-space: pre`,
  };
  const isUpright = style.writingMode.startsWith('vertical');
  for (const line of linesOf(node, isUpright)) {
    const [left, top] = [line.left - origin.left, line.top - origin.top];
    const made = element('text', looks);
    made.textContent = line.words;
    if (isUpright) {
      const isTurned = style.transform.startsWith('matrix(-1');
      const size = Number.parseFloat(style.fontSize);
      const [x, y] = [left + line.width / 2, isTurned ? top + line.height : top];
      const [turn, shift] = isTurned ? [-90, size * 0.35] : [90, -size * 0.35];
      made.setAttribute('transform', `translate(${x + shift}, ${y}) rotate(${turn})`);
    } else {
      made.setAttribute('x', `${left}`);
      made.setAttribute('y', `${top + line.height * ASCENT}`);
    }
    into.append(made);
  }
}

/** The part of a line of Inter that is above its base line. */
const ASCENT = 0.8;

/** The lines into which the page breaks a text. */
function linesOf(node: Text, isUpright: boolean): Line[] {
  const range = document.createRange();
  const lines: Line[] = [];
  let place = 0;
  for (const letter of node.data) {
    range.setStart(node, place);
    place += letter.length;
    range.setEnd(node, place);
    const box = range.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    const last = lines.at(-1);
    // In upright texts letters stand below each other, and their lines beside each other.
    const apart = isUpright ? 'left' : 'top';
    if (last && Math.abs(last[apart] - box[apart]) < box.height / 2) {
      last.words += letter;
      last.width = Math.max(last.width, box.right - last.left);
      last.bottom = Math.max(last.bottom, box.bottom);
      last.top = Math.min(last.top, box.top);
      last.height = last.bottom - last.top;
    } else {
      const { left, top, width, height, bottom } = box;
      lines.push({ words: letter, left, top, width, height, bottom });
    }
  }
  return lines.map((line) => ({ ...line, words: line.words.replace(/\s+/g, ' ') }));
}
