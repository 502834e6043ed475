// The request for a layout: every node with the room its words need in the language of the screen.
import { type Arrow, END, type MapGraph, START } from './graph';
import type { Direction, LayoutRequest } from './layout';
import { fitted, type Measure, NAME_FONT, TERMINAL_FONT } from './measure';

const NODE_HEIGHT = 36;
const TERMINAL_HEIGHT = 28;
export const NODE_PADDING = 13;
const NAME_GAP = 18;
const NODE_WIDTH_MIN = 150;
export const NAME_WIDTH_MAX = 260;
/** Room for the sign and the padding of start and end. */
const TERMINAL_EXTRA = 52;

interface RequestOf {
  graph: MapGraph;
  /** All arrows that may be shown, strongest first. */
  arrows: Arrow[];
  direction: Direction;
  startWord: string;
  endWord: string;
  /** Room for the widest value under any metric, so that changing the metric moves nothing. */
  valueWidth: number;
  measure: Measure;
}

export function layoutRequest(of: RequestOf): LayoutRequest {
  const nameWidth = (name: string) =>
    of.measure(fitted(name, NAME_FONT, NAME_WIDTH_MAX, of.measure), NAME_FONT);
  const terminal = (id: string, word: string) => {
    const width = Math.ceil(of.measure(word, TERMINAL_FONT)) + TERMINAL_EXTRA;
    return { id, width, height: TERMINAL_HEIGHT };
  };
  const nodes = of.graph.activities.map(({ activity }) => {
    const content = nameWidth(activity) + NAME_GAP + of.valueWidth + 2 * NODE_PADDING;
    const width = Math.max(NODE_WIDTH_MIN, Math.ceil(content));
    return { id: activity, width, height: NODE_HEIGHT };
  });
  return {
    direction: of.direction,
    nodes: [terminal(START, of.startWord), ...nodes, terminal(END, of.endWord)],
    links: of.arrows
      .filter((arrow) => !arrow.isStub)
      .map(({ id, from, to, events }) => ({ id, from, to, strength: events })),
    start: START,
    end: END,
  };
}
