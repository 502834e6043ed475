// The full names of steps that are shown short: below what is pointed at or has the focus.
import { type FocusEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { createPortal } from 'react-dom';
import styles from './View.module.css';

interface Tip {
  words: string;
  left: number;
  top: number;
}

const DISTANCE = 6;
/** The tip is no wider than this; it stays in the window. */
const TIP_WIDTH = 420;

interface StepTips {
  /** For the element that holds the steps. */
  handlers: {
    onPointerOver: (event: PointerEvent) => void;
    onPointerLeave: () => void;
    onFocus: (event: FocusEvent) => void;
    onBlur: () => void;
    onScroll: () => void;
    onKeyDownCapture: (event: { key: string }) => void;
  };
  tip: ReactNode;
}

/**
 * A step names itself with `data-step`, what holds a whole path with `data-path`. One tip serves
 * all rows of a list.
 */
export function useStepTips(): StepTips {
  const [tip, setTip] = useState<Tip | null>(null);
  const hide = () => setTip(null);
  const show = (element: Element, words: string) => {
    const { left, bottom } = element.getBoundingClientRect();
    const right = Math.max(DISTANCE, window.innerWidth - TIP_WIDTH);
    setTip({ words, left: Math.min(left, right), top: bottom + DISTANCE });
  };
  const handlers = {
    onPointerOver: (event: PointerEvent) => {
      const step = (event.target as Element).closest<HTMLElement>('[data-step]');
      if (step?.dataset.step) show(step, step.dataset.step);
      else hide();
    },
    onPointerLeave: hide,
    onFocus: (event: FocusEvent) => {
      const path = (event.target as Element).closest<HTMLElement>('[data-path]');
      if (path?.dataset.path && path.matches(':focus-visible')) show(path, path.dataset.path);
      else hide();
    },
    onBlur: hide,
    onScroll: hide,
    onKeyDownCapture: ({ key }: { key: string }) => {
      if (key === 'Escape') hide();
    },
  };
  const shown =
    tip &&
    createPortal(
      <div className={styles.tip} style={{ left: tip.left, top: tip.top }} aria-hidden>
        {tip.words}
      </div>,
      document.body,
    );
  return { handlers, tip: shown };
}
