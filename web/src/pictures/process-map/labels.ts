// Where the value of each path is written, and which values have no room.
import type { Curve } from './curves';
import type { Box } from './layout';

export const LABEL_HEIGHT = 18;
const LABEL_PADDING = 12;
const NODE_MARGIN = 2;
/** Shorter paths have no room on the line: their value stands beside it. */
const SHORT_LENGTH = 64;

export interface LabelRequest {
  id: string;
  strength: number;
  /** Width of the text. */
  textWidth: number;
  /** Width of the line. */
  lineWidth: number;
  curve: Curve;
}

export interface Label {
  x: number;
  y: number;
  width: number;
  /** Hidden values are shown when the path is pointed at. */
  isPlaced: boolean;
}

/** A place to try: share of the length, and the side (0 on the line). */
type Try = readonly [share: number, side: -1 | 0 | 1];

const ALONG: readonly Try[] = [
  [0.5, 0],
  [0.42, 0],
  [0.58, 0],
  [0.34, 0],
  [0.66, 0],
  [0.26, 0],
  [0.74, 0],
  [0.5, 1],
  [0.5, -1],
  [0.14, 0],
  [0.86, 0],
];

const BESIDE: readonly Try[] = [
  [0.45, 1],
  [0.45, -1],
  [0.55, 1],
  [0.55, -1],
  [0.35, 1],
  [0.35, -1],
  [0.65, 1],
  [0.65, -1],
  [0.25, 1],
  [0.25, -1],
  [0.75, 1],
];

/** Strongest first, each label takes the first place that touches no node and no label. */
export function placeLabels(requests: LabelRequest[], nodes: Box[]): Map<string, Label> {
  const taken = nodes.map((node) => around(node.x, node.y, node.width, node.height, NODE_MARGIN));
  const labels = new Map<string, Label>();
  const strongestFirst = [...requests].sort((left, right) => right.strength - left.strength);
  for (const request of strongestFirst) {
    const width = request.textWidth + LABEL_PADDING;
    const tries = request.curve.length < SHORT_LENGTH ? BESIDE : ALONG;
    const spot = tries
      .map((one) => position(request, width, one))
      .find(([x, y]) => !touches(around(x, y, width, LABEL_HEIGHT, 0), taken));
    const [x, y] = spot ?? request.curve.at(0.5);
    if (spot) taken.push(around(x, y, width, LABEL_HEIGHT, 0));
    labels.set(request.id, { x, y, width, isPlaced: spot !== undefined });
  }
  return labels;
}

function position(request: LabelRequest, width: number, [share, side]: Try): [number, number] {
  const [x, y] = request.curve.at(share);
  if (side === 0) return [x, y];
  const [nextX, nextY] = request.curve.at(Math.min(1, share + 0.05));
  const [dx, dy] = [nextX - x, nextY - y];
  const length = Math.hypot(dx, dy) || 1;
  const away = request.lineWidth / 2 + 1;
  const normalX = Math.abs(dy / length);
  const normalY = (-dx / length) * Math.sign(dy || 1);
  return [x + side * normalX * (width / 2 + away), y + side * normalY * (LABEL_HEIGHT / 2 + away)];
}

interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function around(x: number, y: number, width: number, height: number, margin: number): Area {
  const [halfWidth, halfHeight] = [width / 2 + margin, height / 2 + margin];
  return { left: x - halfWidth, top: y - halfHeight, right: x + halfWidth, bottom: y + halfHeight };
}

function touches(area: Area, others: Area[]): boolean {
  return others.some(
    (other) =>
      area.left < other.right &&
      other.left < area.right &&
      area.top < other.bottom &&
      other.top < area.bottom,
  );
}
