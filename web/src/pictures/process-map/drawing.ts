// What is drawn where: the arrows in their order, the stubs and the values of the paths.
import { curve, headCorners } from './curves';
import { type Arrow, END } from './graph';
import { type Label, placeLabels, type Way } from './labels';
import { type Layout, routeOf } from './layout';
import { inDrawingOrder, type Looks } from './looks';
import { LABEL_FONT, type Measure } from './measure';
import { type Area, outlineOf } from './place';
import { STUB_LENGTH } from './TerminalShapes';

export interface Drawing {
  layout: Layout;
  /** The strongest last. */
  arrows: Arrow[];
  labels: Map<string, Label>;
  stubs: StubPlace[];
  /** All of it as small areas. */
  outline: Area[];
}

interface StubPlace {
  arrow: Arrow;
  at: { x: number; y: number };
}

export function drawingOf(layout: Layout, shown: Arrow[], looks: Looks, measure: Measure): Drawing {
  const arrows = inDrawingOrder(shown);
  const stubs = stubsOf(arrows, layout);
  const labels = labelsOf(arrows, layout, stubs, looks, measure);
  return { layout, arrows, labels, stubs, outline: outlineOf(layout, arrows, labels) };
}

function labelsOf(
  arrows: Arrow[],
  layout: Layout,
  stubs: StubPlace[],
  looks: Looks,
  measure: Measure,
) {
  const requests = arrows.flatMap((arrow) => {
    const [route, look] = [routeOf(layout, arrow), looks.arrows.get(arrow.id)];
    if (!route || !look || look.value === '') return [];
    return {
      id: arrow.id,
      // What is added takes no place from another.
      strength: arrow.isAdded ? 0 : arrow.cases,
      textWidth: measure(look.value, LABEL_FONT),
      lineWidth: look.width,
      curve: curve(route),
      isLoop: arrow.from === arrow.to,
    };
  });
  const taken = stubs.map(({ at }) => {
    return { x: at.x, y: at.y, width: STUB_LENGTH, height: 2 * STUB_LENGTH };
  });
  return placeLabels(
    requests,
    [...Object.values(layout.nodes), ...taken],
    waysOf(arrows, layout, looks),
  );
}

/** All that have a place: values stay where they are when others of them are shown. */
function waysOf(arrows: Arrow[], layout: Layout, looks: Looks): Way[] {
  // What is added takes no place from another.
  const added = new Set(arrows.filter((arrow) => arrow.isAdded).map((arrow) => arrow.id));
  return Object.entries(layout.routes).map(([id, route]) => {
    const look = looks.arrows.get(id);
    const { points, length } = curve(route);
    const isDrawn = look !== undefined && !added.has(id);
    return { id, points, length, head: headCorners(route, look?.width ?? 0), isDrawn };
  });
}

/** Stubs stand at the corner of their activity: ends where paths leave, starts where they come in. */
function stubsOf(arrows: Arrow[], layout: Layout): StubPlace[] {
  return arrows.flatMap((arrow) => {
    if (!arrow.isStub) return [];
    const isEnd = arrow.to === END;
    const box = layout.nodes[isEnd ? arrow.from : arrow.to];
    if (!box) return [];
    const [x, y] = isEnd
      ? [box.x + box.width / 2 - 14, box.y + box.height / 2]
      : [box.x - box.width / 2 + 14, box.y - box.height / 2];
    return { arrow, at: { x, y } };
  });
}
