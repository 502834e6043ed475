// The keys of the map: walking, selecting, enlarging.
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

interface KeysOf {
  arrows: Arrow[];
  selected: MapItem | null;
  focus: (activity: string) => void;
  panZoom: PanZoom;
  onSelect: (item: MapItem | null) => void;
  onMenu: (item: MapItem, x: number, y: number) => void;
}

export function useMapKeys({ arrows, selected, focus, panZoom, onSelect, onMenu }: KeysOf) {
  const cameFrom = useRef<string | null>(null);
  return (event: KeyboardEvent<SVGSVGElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = event.target instanceof SVGElement ? event.target.dataset.activity : undefined;
    const step = STEPS[event.key];
    if (step && here !== undefined) {
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
