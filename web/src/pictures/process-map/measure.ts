// How wide a text is on the screen. Where there is no canvas, tests bring their own measure.

export type Measure = (text: string, font: string) => number;

export const FONT_FAMILY =
  '"Inter Variable","Noto Sans JP","Hiragino Sans","Yu Gothic UI","Noto Sans CJK JP",system-ui,sans-serif';
export const NAME_FONT = `600 14px ${FONT_FAMILY}`;
export const VALUE_FONT = `500 13px ${FONT_FAMILY}`;
export const LABEL_FONT = `600 12.5px ${FONT_FAMILY}`;
export const TERMINAL_FONT = `600 13px ${FONT_FAMILY}`;

/** Measures with a canvas and remembers. */
export function canvasMeasure(): Measure {
  const context = document.createElement('canvas').getContext('2d');
  const known = new Map<string, number>();
  return (text, font) => {
    const key = `${font}\u0000${text}`;
    const width = known.get(key) ?? measured(context, text, font);
    known.set(key, width);
    return width;
  };
}

function measured(context: CanvasRenderingContext2D | null, text: string, font: string): number {
  if (context === null) return text.length * 8;
  context.font = font;
  return context.measureText(text).width;
}

const ELLIPSIS = '…';

/** The longest beginning of a text that fits, with an ellipsis where it is cut. */
export function fitted(text: string, font: string, width: number, measure: Measure): string {
  if (measure(text, font) <= width) return text;
  const letters = [...text];
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const cut = `${letters.slice(0, middle).join('').trimEnd()}${ELLIPSIS}`;
    if (measure(cut, font) <= width) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join('').trimEnd()}${ELLIPSIS}`;
}
