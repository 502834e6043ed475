// How many cases are open over time, as a slider: a click or a key goes to another time.
import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import type { MovementsAnswer } from '../../../api/movements';
import type { Records } from '../../../pictures/replay/records';
import { useText } from '../../../text/useText';
import { binsOf, outlineOf } from './bins';
import styles from './Replay.module.css';
import { type ReplayClock, useTime } from './useReplayClock';

/** So often a screen reader may hear a new value while the replay runs. */
const READ_MS = 5_000;
const PAGES = 10;

interface OpenCasesProps {
  answer: MovementsAnswer;
  records: Records;
  clock: ReplayClock;
  isTogether: boolean;
  said: (time_s: number) => { time: string; cases: string };
  stepOn: (direction: 1 | -1) => void;
}

export function OpenCases(props: OpenCasesProps) {
  const { answer, records, clock, isTogether, said, stepOn } = props;
  const { length_s } = clock;
  const text = useText();
  const wasPlaying = useRef(false);
  const time = useTime(clock.clock, READ_MS);
  const outline = useMemo(
    () => outlineOf(binsOf(answer, records, isTogether), length_s),
    [answer, records, isTogether, length_s],
  );
  const go = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    clock.seek(Math.max(0, Math.min(1, (clientX - left) / Math.max(1, width))) * length_s);
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture?.(event.pointerId);
    wasPlaying.current = clock.isPlaying;
    clock.clock.pause();
    go(event);
  };
  const up = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture?.(event.pointerId)) return;
    event.currentTarget.releasePointerCapture(event.pointerId);
    if (wasPlaying.current) clock.clock.play();
  };
  const walk = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const now = clock.clock.time();
    const acts: Record<string, () => void> = {
      ArrowRight: () => stepOn(1),
      ArrowUp: () => stepOn(1),
      ArrowLeft: () => stepOn(-1),
      ArrowDown: () => stepOn(-1),
      PageUp: () => clock.seek(now + length_s / PAGES),
      PageDown: () => clock.seek(now - length_s / PAGES),
      Home: () => clock.seek(0),
      End: () => clock.seek(length_s),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const { time: at, cases } = said(time);
  return (
    <div
      className={styles.slider}
      role="slider"
      tabIndex={0}
      aria-label={text(isTogether ? 'replay.slider.together' : 'replay.slider')}
      aria-valuemin={0}
      aria-valuemax={Math.round(length_s)}
      aria-valuenow={Math.round(time)}
      aria-valuetext={text('replay.slider.value', { time: at, cases })}
      onKeyDown={walk}
      onPointerDown={down}
      onPointerMove={(event) => event.buttons === 1 && go(event)}
      onPointerUp={up}
      onPointerCancel={up}
    >
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden>
        <path className={styles.open} d={outline} />
      </svg>
      <Past clock={clock} outline={outline} />
    </div>
  );
}

/** The part that is over, and where the replay is. */
function Past({ clock, outline }: { clock: ReplayClock; outline: string }) {
  const time = useTime(clock.clock);
  const share = clock.length_s > 0 ? Math.min(1, time / clock.length_s) : 0;
  return (
    <>
      <svg
        viewBox="0 0 1000 100"
        preserveAspectRatio="none"
        aria-hidden
        style={{ clipPath: `inset(0 ${(1 - share) * 100}% 0 0)` }}
      >
        <path className={styles.over} d={outline} />
      </svg>
      <span className={styles.here} style={{ left: `${share * 100}%` }} aria-hidden />
    </>
  );
}
