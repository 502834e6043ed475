// The replay as a video: the whole map with its dots, drawn beside the screen while it plays.

import { fontFaces, pictureOf, written } from '../../../files/picture';
import type { Area } from '../../../pictures/process-map/place';
import { painter } from '../../../pictures/replay/canvas';
import type { Clock } from '../../../pictures/replay/clock';
import type { Records } from '../../../pictures/replay/records';
import type { TokenLook } from '../../../pictures/replay/TokenLayer';
import type { Ways } from '../../../pictures/replay/ways';

const KINDS = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'];
const FRAMES_PER_SECOND = 30;
const BITS_PER_SECOND = 6_000_000;
const WIDTH = 1280;
const HEIGHT_MAX = 1280;
const MARGIN = 24;
const HEAD = 62;
const FOOT = 34;
const FADED = '0.5';

interface Filmed {
  svg: SVGSVGElement;
  area: Area;
  records: Records;
  ways: Ways;
  clock: Clock;
  title: string;
  paper: { page: string; ink: string; muted: string };
  font: string;
  legend: { colour: string; words: string }[];
  /** What is written above the map at a time. */
  words: (time_s: number) => string;
  look: () => TokenLook;
}

export interface Film {
  /** Ends the recording; the video. */
  stop: () => Promise<Blob>;
}

/** The kind of video this browser can make; `null` where it can make none. */
function videoKind(): string | null {
  if (typeof MediaRecorder === 'undefined') return null;
  if (!('captureStream' in HTMLCanvasElement.prototype)) return null;
  return KINDS.find((kind) => MediaRecorder.isTypeSupported(kind)) ?? null;
}

export async function startFilm(filmed: Filmed): Promise<Film> {
  const kind = videoKind();
  const canvas = document.createElement('canvas');
  const brush = canvas.getContext('2d');
  if (kind === null || !brush) throw new Error('video');
  const { area, clock, records } = filmed;
  const [width, height] = [area.right - area.left, area.bottom - area.top];
  const k = Math.min(
    (WIDTH - 2 * MARGIN) / width,
    (HEIGHT_MAX - HEAD - FOOT - 2 * MARGIN) / height,
  );
  canvas.width = WIDTH;
  canvas.height = 2 * Math.ceil((height * k + HEAD + FOOT + 2 * MARGIN) / 2);
  const place = {
    k,
    x: (WIDTH - width * k) / 2 - area.left * k,
    y: HEAD + MARGIN - area.top * k,
  };
  const fonts = await fontFaces();
  const [below, above] = await Promise.all(
    (['below', 'above'] as const).map((layer) =>
      pictureOf(layerOf(filmed.svg, layer, place, canvas, fonts)),
    ),
  );
  const paint = painter(records);
  const draw = () => {
    const { paper, font, title } = filmed;
    brush.fillStyle = paper.page;
    brush.fillRect(0, 0, canvas.width, canvas.height);
    if (below) brush.drawImage(below, 0, 0);
    paint(brush, filmed.ways, { ...filmed.look(), time_s: clock.time(), place });
    if (above) brush.drawImage(above, 0, 0);
    brush.textBaseline = 'middle';
    brush.fillStyle = paper.ink;
    brush.font = `650 20px ${font}`;
    brush.fillText(title, MARGIN, HEAD / 2 - 8, WIDTH - 2 * MARGIN);
    brush.fillStyle = paper.muted;
    brush.font = `400 14px ${font}`;
    brush.fillText(filmed.words(clock.time()), MARGIN, HEAD / 2 + 17, WIDTH - 2 * MARGIN);
    drawLegend(brush, filmed, canvas.height - FOOT / 2);
  };
  draw();
  return record(canvas, kind, clock.watch(draw));
}

function drawLegend(brush: CanvasRenderingContext2D, { legend, paper }: Filmed, y: number): void {
  let x = MARGIN;
  for (const { colour, words } of legend) {
    brush.fillStyle = colour;
    brush.fillRect(x, y - 5, 10, 10);
    brush.fillStyle = paper.ink;
    brush.fillText(words, x + 16, y);
    x += brush.measureText(words).width + 40;
  }
}

function record(canvas: HTMLCanvasElement, kind: string, forget: () => void): Film {
  const stream = canvas.captureStream(FRAMES_PER_SECOND);
  const recorder = new MediaRecorder(stream, {
    mimeType: kind,
    videoBitsPerSecond: BITS_PER_SECOND,
  });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => void (data.size > 0 && parts.push(data));
  const done = new Promise<Blob>((resolve, reject) => {
    recorder.onstop = () => resolve(new Blob(parts, { type: 'video/webm' }));
    recorder.onerror = () => reject(new Error('recorder'));
  });
  recorder.start(1_000);
  // A page that nobody sees draws nothing: the video waits with it.
  const wait = () => (document.hidden ? recorder.pause() : recorder.resume());
  document.addEventListener('visibilitychange', wait);
  return {
    stop: () => {
      forget();
      document.removeEventListener('visibilitychange', wait);
      if (recorder.state !== 'inactive') recorder.stop();
      for (const track of stream.getTracks()) track.stop();
      return done;
    },
  };
}

/** The part of the drawing below the dots, or above them, as it stands in the video. */
function layerOf(
  svg: SVGSVGElement,
  layer: 'below' | 'above',
  { k, x, y }: { k: number; x: number; y: number },
  { width, height }: { width: number; height: number },
  fonts: string,
): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  for (const help of copy.querySelectorAll('[data-help]')) help.remove();
  for (const label of copy.querySelectorAll('[data-room="none"]')) label.remove();
  const world = copy.querySelector('[data-world]');
  for (const group of world?.children ? [...world.children] : []) {
    const isAbove = group.hasAttribute('data-above');
    if (isAbove !== (layer === 'above')) group.remove();
    else if (!isAbove) group.setAttribute('opacity', FADED);
  }
  world?.setAttribute('transform', `translate(${x}, ${y}) scale(${k})`);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const style = document.createElementNS('http://www.w3.org/2000/svg', 'style');
  style.textContent = fonts;
  copy.prepend(style);
  return written(copy);
}
