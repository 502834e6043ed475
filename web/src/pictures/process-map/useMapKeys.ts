// The keys of the map: walking, selecting, marking, moving, enlarging.
import { type KeyboardEvent, useRef } from 'react';
import type { Arrow, MapItem } from './graph';
import type { PanZoom } from './usePanZoom';
import { type Step, walk } from './walk';

const STEPS: Record<string, Step> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};
const ZOOM_STEP = 1.25;
/** How far one press moves an activity. */
const MOVE_STEP = 16;
const MOVES: Record<string, readonly [number, number]> = {
  ArrowDown: [0, MOVE_STEP],
  ArrowUp: [0, -MOVE_STEP],
  ArrowLeft: [-MOVE_STEP, 0],
  ArrowRight: [MOVE_STEP, 0],
};

interface KeysOf {
  arrows: Arrow[];
  selected: MapItem | null;
  focus: (activity: string) => void;
  panZoom: PanZoom;
  onSelect: (item: MapItem | null) => void;
  onMark: ((activity: string) => void) | undefined;
  onMove: ((activity: string, by: readonly [number, number]) => void) | undefined;
  onMenu: (item: MapItem, x: number, y: number) => void;
}

export function useMapKeys(keys: KeysOf) {
  const { arrows, selected, focus, panZoom, onSelect, onMenu } = keys;
  const cameFrom = useRef<string | null>(null);
  return (event: KeyboardEvent<SVGSVGElement>) => {
    const here = event.target instanceof SVGElement ? event.target.dataset.activity : undefined;
    const isMark = event.key === 'Enter' || event.key === ' ';
    const isMany = event.ctrlKey || event.metaKey || event.shiftKey;
    if (keys.onMark && here !== undefined && isMany && isMark && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      return keys.onMark(here);
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    const by = event.shiftKey ? MOVES[event.key] : undefined;
    if (keys.onMove && by && here !== undefined) {
      keys.onMove(here, by);
    } else if (step && here !== undefined) {
      const next = walk(here, step, arrows, cameFrom.current);
      if (next !== null) {
        if (step === 'next') cameFrom.current = here;
        if (step === 'previous') cameFrom.current = null;
        focus(next);
      }
    } else if (isMenuKey(event) && here !== undefined) {
      const { left, bottom } = (event.target as SVGElement).getBoundingClientRect();
      onMenu({ kind: 'activity', activity: here }, left, bottom);
    } else if ((event.key === 'Enter' || event.key === ' ') && here !== undefined) {
      const isSelected = selected?.kind === 'activity' && selected.activity === here;
      onSelect(isSelected ? null : { kind: 'activity', activity: here });
    } else if (event.key === 'Escape' && selected !== null) {
      onSelect(null);
    } else if (event.key === '+' || event.key === '=') {
      panZoom.zoomBy(ZOOM_STEP);
    } else if (event.key === '-') {
      panZoom.zoomBy(1 / ZOOM_STEP);
    } else if (event.key === '0') {
      panZoom.fit();
    } else if (event.key === '1') {
      panZoom.read();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
}

function isMenuKey({ key, shiftKey }: KeyboardEvent): boolean {
  return key === 'ContextMenu' || (key === 'F10' && shiftKey);
}
