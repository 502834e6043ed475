// A picture as a file: its caption, the font in it, and the drawing as SVG text or PNG.
import type { Measure } from '../pictures/process-map/measure';
import { download } from './download';

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';
export const MARGIN = 24;
const TITLE_BASE = 34;
const LINE_HEIGHT = 18;
const SCALE_WIDTH = 170;
const SCALE_GAP = 34;
const SCALE_HEIGHT = 48;
const BAR_HEIGHT = 10;
/** Points of a PNG for each point of the drawing. */
const PNG_SCALE = 2;
/** Browsers refuse larger canvases. */
const CANVAS_SIDE_MAX = 16_000;

export interface Caption {
  title: string;
  /** What was looked at: cases, period, version, what is shown, each filter. */
  lines: string[];
  scales: PrintedScale[];
}

export interface PrintedScale {
  title: string;
  steps: string[];
  isWedge: boolean;
  least: string;
  /** Missing where there is one value only. */
  most?: string;
}

export interface Paper {
  page: string;
  ink: string;
  muted: string;
}

const TITLE_FONT = '650 19px';
const LINE_FONT = '400 12.5px';
const SMALL_FONT = '400 11px';

/** Measures in the font of the page. */
function inPageFont(measure: Measure): Measure {
  const { fontFamily } = getComputedStyle(document.body);
  return (text, font) => measure(text, `${font} ${fontFamily || 'sans-serif'}`);
}

/** Title, what was looked at, and what the colours mean, with the room they take. */
export function header({ title, lines, scales }: Caption, { ink, muted }: Paper, by: Measure) {
  const measure = inPageFont(by);
  const words = (text: string, x: number, y: number, size: number, fill: string) => {
    const made = element('text', { x: `${x}`, y: `${y}`, 'font-size': `${size}`, fill });
    made.textContent = text;
    return made;
  };
  const name = words(title, MARGIN, TITLE_BASE, 19, ink);
  name.setAttribute('font-weight', '650');
  const parts = [name];
  let [y, width] = [TITLE_BASE, measure(title, TITLE_FONT)];
  for (const line of lines) {
    y += LINE_HEIGHT + (y === TITLE_BASE ? 4 : 0);
    parts.push(words(line, MARGIN, y, 12.5, muted));
    width = Math.max(width, measure(line, LINE_FONT));
  }
  let x = MARGIN;
  const top = y + 26;
  for (const [idx, scale] of scales.entries()) {
    const room = Math.max(SCALE_WIDTH, measure(scale.title, SMALL_FONT));
    parts.push(words(scale.title, x, top, 11, muted), ...bar(scale, x, top + 7, idx));
    parts.push(words(scale.least, x, top + 31, 11, muted));
    if (scale.most !== undefined) {
      const most = words(scale.most, x + SCALE_WIDTH, top + 31, 11, muted);
      most.setAttribute('text-anchor', 'end');
      parts.push(most);
    }
    x += room + SCALE_GAP;
  }
  if (scales.length > 0) [y, width] = [y + SCALE_HEIGHT, Math.max(width, x - SCALE_GAP - MARGIN)];
  return { parts, width, height: y };
}

function bar({ steps, isWedge, most }: PrintedScale, x: number, y: number, idx: number) {
  const id = `scale-${idx}`;
  const gradient = element('linearGradient', { id });
  const last = Math.max(1, steps.length - 1);
  for (const [step, colour] of steps.entries()) {
    gradient.append(element('stop', { offset: `${step / last}`, 'stop-color': colour }));
  }
  const middle = steps[steps.length >> 1] ?? '#000';
  const fill = most === undefined || steps.length === 1 ? middle : `url(#${id})`;
  const [right, half] = [x + SCALE_WIDTH, y + BAR_HEIGHT / 2];
  const shape =
    isWedge && most !== undefined
      ? element('path', {
          d: `M${x} ${half - 0.5}L${right} ${y}V${y + BAR_HEIGHT}L${x} ${half + 0.5}Z`,
          fill,
        })
      : element('rect', {
          x: `${x}`,
          y: `${y}`,
          width: `${SCALE_WIDTH}`,
          height: `${BAR_HEIGHT}`,
          rx: '3',
          fill,
        });
  return [gradient, shape];
}

/** Sets the size of a drawing and puts page, font and caption under what it holds. */
export async function finished(
  svg: SVGElement,
  size: { width: number; height: number },
  caption: SVGElement[],
  page: string,
): Promise<string> {
  svg.setAttribute('width', String(size.width));
  svg.setAttribute('height', String(size.height));
  svg.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
  const style = element('style', {});
  style.textContent = await fontFaces();
  const ground = element('rect', { width: '100%', height: '100%', fill: page });
  svg.prepend(style, ground, ...caption);
  return written(svg);
}

/** A drawing as text, without what only the screen needs. */
export function written(drawing: SVGElement): string {
  for (const part of [drawing, ...drawing.querySelectorAll('*')]) strip(part);
  return new XMLSerializer().serializeToString(drawing).replace(NOT_IN_XML, '');
}

/** Control characters, which names of activities may hold and XML may not. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to be removed
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** What only the screen needs. */
function strip(part: Element): void {
  for (const { name } of [...part.attributes]) {
    if (name === 'class' || name === 'tabindex' || name.startsWith('data-')) {
      part.removeAttribute(name);
    }
  }
}

export function element(name: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS(SVG_NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

export type PictureKind = 'svg' | 'png';

/** Hands an SVG text over as it is, or drawn as PNG. */
export async function downloadPicture(kind: PictureKind, svg: string, name: string): Promise<void> {
  if (kind === 'svg') download(svg, name, 'image/svg+xml');
  else download(await pngFile(svg), name, 'image/png');
}

async function pngFile(svg: string): Promise<Blob> {
  const image = await pictureOf(svg);
  const largest = Math.max(image.naturalWidth, image.naturalHeight);
  const scale = Math.min(PNG_SCALE, CANVAS_SIDE_MAX / largest);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('canvas'))), 'image/png'),
  );
}

/** An SVG text as an image that can be drawn. */
export async function pictureOf(svg: string): Promise<HTMLImageElement> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    return await loaded(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

function loaded(address: string): Promise<HTMLImageElement> {
  const image = new Image();
  return new Promise((resolve, reject) => {
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('image'));
    image.src = address;
  });
}

/** The faces of the text font that this page has loaded, with the font in them. */
export async function fontFaces(): Promise<string> {
  const faces: string[] = [];
  for (const sheet of document.styleSheets) {
    for (const rule of rulesOf(sheet)) {
      if (!(rule instanceof CSSFontFaceRule) || !rule.cssText.includes('Inter Variable')) continue;
      const address = /url\("?([^")]+)"?\)/.exec(rule.cssText)?.[1];
      if (address === undefined) continue;
      const whole = new URL(address, sheet.href ?? document.baseURI).href;
      faces.push(rule.cssText.replace(address, await inlined(whole)));
    }
  }
  return faces.join('\n');
}

/** A sheet of another origin keeps its rules to itself. */
function rulesOf(sheet: CSSStyleSheet): CSSRule[] {
  try {
    return [...sheet.cssRules];
  } catch {
    return [];
  }
}

async function inlined(address: string): Promise<string> {
  const blob = await (await fetch(address)).blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
