// Where a drawing stands on the stage: as large as possible, with no activity under a control.
import type { Arrow } from './graph';
import type { Layout } from './layout';

const ZOOM_MIN = 0.15;
const ZOOM_MAX = 3;
/** Fitting never enlarges beyond this. */
const FIT_MAX = 1.15;

export interface Size {
  width: number;
  height: number;
}

/** Space on the stage that other things cover. */
export interface Insets {
  top: number;
  right: number;
  bottom: number;
  left: number;
  /** What stands in the upper and the lower left corner; activities should not lie under it. */
  upper: Size;
  lower: Size;
}

export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What is drawn: hidden paths have a place in the layout, but take no room on the stage. */
export function boundsOf(layout: Layout, arrows: Arrow[]): Bounds {
  const bounds: Bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const include = (x: number, y: number) => {
    bounds.left = Math.min(bounds.left, x);
    bounds.top = Math.min(bounds.top, y);
    bounds.right = Math.max(bounds.right, x);
    bounds.bottom = Math.max(bounds.bottom, y);
  };
  for (const { x, y, width, height } of Object.values(layout.nodes)) {
    include(x - width / 2, y - height / 2);
    include(x + width / 2, y + height / 2);
  }
  for (const { id } of arrows) {
    for (const [x, y] of layout.routes[id]?.points ?? []) include(x, y);
  }
  return bounds.left <= bounds.right
    ? bounds
    : { left: 0, top: 0, right: layout.width, bottom: layout.height };
}

export interface Place {
  k: number;
  x: number;
  y: number;
}

/** The place after a zoom about a point of the stage, within the limits of the scale. */
export function zoomedAt(place: Place, factor: number, x: number, y: number): Place {
  const k = Math.max(ZOOM_MIN, Math.min(ZOOM_MAX, place.k * factor));
  const real = k / place.k;
  return { k, x: x - (x - place.x) * real, y: y - (y - place.y) * real };
}

/** Where the spare room goes: half to each side, all to one side. */
const SHARES = [0.5, 1, 0] as const;
const SHRINK = 0.97;

/**
 * The largest place at which no activity lies under a corner: in the middle of the stage, else
 * aside. Below the scale `least` only the start of the drawing is in sight.
 */
export function placeOnStage(
  layout: Layout,
  bounds: Bounds,
  stage: Size,
  insets: Insets,
  least: number,
): Place {
  const room = {
    width: Math.max(80, stage.width - insets.left - insets.right),
    height: Math.max(80, stage.height - insets.top - insets.bottom),
  };
  const [width, height] = [bounds.right - bounds.left, bounds.bottom - bounds.top];
  const whole = Math.min(FIT_MAX, room.width / width, room.height / height);
  const largest = Math.max(ZOOM_MIN, whole, Math.min(least, room.height / height));
  const place = (k: number, across: number, down: number): Place => ({
    k,
    // What is too wide begins at its start.
    x: insets.left + Math.max(0, room.width - width * k) * across - bounds.left * k,
    y: insets.top + (room.height - height * k) * down - bounds.top * k,
  });
  for (let k = largest; k >= ZOOM_MIN; k *= SHRINK) {
    for (const across of SHARES) {
      for (const down of SHARES) {
        const found = place(k, across, down);
        if (!isCovered(layout, stage, insets, found)) return found;
      }
    }
  }
  return place(largest, 0.5, 0.5);
}

function isCovered(layout: Layout, stage: Size, { upper, lower }: Insets, place: Place): boolean {
  const { k, x, y } = place;
  return Object.values(layout.nodes).some((box) => {
    const left = (box.x - box.width / 2) * k + x;
    const top = (box.y - box.height / 2) * k + y;
    const bottom = (box.y + box.height / 2) * k + y;
    const isAbove = left < upper.width && top < upper.height;
    return isAbove || (left < lower.width && stage.height - lower.height < bottom);
  });
}
