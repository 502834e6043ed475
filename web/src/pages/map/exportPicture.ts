// The map as a file of its own: the drawing on the screen without what belongs to the screen.
import type { Layout } from '../../pictures/process-map/layout';

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';
const MARGIN = 24;
const HEADER_HEIGHT = 56;
/** Points of a PNG for each point of the drawing. */
const PNG_SCALE = 2;
/** Browsers refuse larger canvases. */
const CANVAS_SIDE_MAX = 16_000;

export interface Caption {
  title: string;
  note: string;
}

export interface Paper {
  page: string;
  ink: string;
  muted: string;
}

/** The drawing as SVG text; the font goes into it, so that it looks the same everywhere. */
export async function svgFile(
  svg: SVGSVGElement,
  layout: Layout,
  caption: Caption,
  paper: Paper,
): Promise<string> {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  for (const help of copy.querySelectorAll('[data-help]')) help.remove();
  for (const label of copy.querySelectorAll('[data-room="none"]')) label.remove();
  const width = Math.ceil(layout.width + 2 * MARGIN);
  const height = Math.ceil(layout.height + 2 * MARGIN + HEADER_HEIGHT);
  const world = copy.querySelector('[data-world]');
  world?.setAttribute('transform', `translate(${MARGIN}, ${MARGIN + HEADER_HEIGHT})`);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const style = document.createElementNS(SVG_NAMESPACE, 'style');
  style.textContent = await fontFaces();
  const page = element('rect', { width: '100%', height: '100%', fill: paper.page });
  const title = element('text', { x: '24', y: '34', 'font-size': '19', fill: paper.ink });
  title.setAttribute('font-weight', '650');
  title.textContent = caption.title;
  const note = element('text', { x: '24', y: '56', 'font-size': '12.5', fill: paper.muted });
  note.textContent = caption.note;
  copy.prepend(style, page, title, note);
  for (const part of [copy, ...copy.querySelectorAll('*')]) strip(part);
  return new XMLSerializer().serializeToString(copy).replace(NOT_IN_XML, '');
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

function element(name: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS(SVG_NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** An SVG text drawn as PNG. */
export async function pngFile(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = await loaded(address);
    const largest = Math.max(image.naturalWidth, image.naturalHeight);
    const scale = Math.min(PNG_SCALE, CANVAS_SIDE_MAX / largest);
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('canvas'))), 'image/png'),
    );
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
async function fontFaces(): Promise<string> {
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
