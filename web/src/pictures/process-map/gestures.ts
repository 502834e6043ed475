// What hands do on the map: drag, wheel, pinch. One gesture is a zoom about a point and a move; or
// one activity is taken and moved.

export interface Gesture {
  factor: number;
  /** The point on the element that stays where it is. */
  x: number;
  y: number;
  dx: number;
  dy: number;
}

/** Something that was taken hold of; told how far it moves on the element. */
export interface Grabbed {
  move: (dx: number, dy: number) => void;
  end: () => void;
}

/** A press that moves less than this is a click. */
const CLICK_DISTANCE = 4;
const WHEEL_SPEED = 0.002;
/** A wheel that counts lines, and one that counts pages. */
const LINE_SPEED = 0.05;
const PAGE_SPEED = 1;
/** A pinch on a touchpad comes as a wheel with the control key, in smaller steps. */
const PINCH_GAIN = 10;

type Finger = { x: number; y: number };

/** Listens until the returned function is called. */
export function listenToGestures(
  element: SVGSVGElement,
  onGesture: (gesture: Gesture) => void,
  grab: (target: EventTarget | null) => Grabbed | null = () => null,
): () => void {
  const fingers = new Map<number, Finger>();
  let start: Finger | null = null;
  let isDragged = false;
  let grabbed: Grabbed | null = null;

  const down = (event: PointerEvent) => {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    fingers.set(event.pointerId, at(event, element));
    if (fingers.size > 1) return;
    [start, isDragged] = [at(event, element), false];
    // A finger on an activity moves the map: there is little else to put it on.
    grabbed = event.pointerType === 'touch' ? null : grab(event.target);
  };
  const move = (event: PointerEvent) => {
    const before = fingers.get(event.pointerId);
    if (before === undefined) return;
    const now = at(event, element);
    if (!isDragged && fingers.size === 1 && start && distance(start, now) < CLICK_DISTANCE) return;
    isDragged = true;
    // From now on the gesture is ours, also when the pointer leaves the element.
    element.setPointerCapture?.(event.pointerId);
    if (grabbed) {
      fingers.set(event.pointerId, now);
      return grabbed.move(now.x - before.x, now.y - before.y);
    }
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, now);
    onGesture(other ? pinch(other, before, now) : drag(before, now));
  };
  const up = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    if (isDragged) grabbed?.end();
    grabbed = null;
  };
  /** The click that ends a drag selects nothing. */
  const click = (event: MouseEvent) => {
    if (isDragged) event.stopPropagation();
    isDragged = false;
  };
  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const { x, y } = at(event, element);
    onGesture({ factor: wheelFactor(event), x, y, dx: 0, dy: 0 });
  };

  element.addEventListener('pointerdown', down);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', up);
  element.addEventListener('click', click, { capture: true });
  element.addEventListener('wheel', wheel, { passive: false });
  return () => {
    element.removeEventListener('pointerdown', down);
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', up);
    element.removeEventListener('pointercancel', up);
    element.removeEventListener('click', click, { capture: true });
    element.removeEventListener('wheel', wheel);
  };
}

function drag(from: Finger, to: Finger): Gesture {
  return { factor: 1, x: to.x, y: to.y, dx: to.x - from.x, dy: to.y - from.y };
}

/** One finger stays, the other moves: the middle between them moves half as far. */
function pinch(still: Finger, from: Finger, to: Finger): Gesture {
  const factor = distance(still, to) / Math.max(1, distance(still, from));
  const [x, y] = [(still.x + from.x) / 2, (still.y + from.y) / 2];
  return { factor, x, y, dx: (to.x - from.x) / 2, dy: (to.y - from.y) / 2 };
}

export function wheelFactor(event: Pick<WheelEvent, 'deltaY' | 'deltaMode' | 'ctrlKey'>): number {
  const speed = [WHEEL_SPEED, LINE_SPEED, PAGE_SPEED][event.deltaMode] ?? WHEEL_SPEED;
  return 2 ** (-event.deltaY * speed * (event.ctrlKey ? PINCH_GAIN : 1));
}

function at(event: MouseEvent, element: Element): Finger {
  const { left, top } = element.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}

function distance(from: Finger, to: Finger): number {
  return Math.hypot(to.x - from.x, to.y - from.y);
}
