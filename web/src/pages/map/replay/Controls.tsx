// What steers the replay: play, step, time, the slider over open cases, speed.
import { NativeSelect } from '@mantine/core';
import { Pause, Play, SlidersHorizontal, StepBack, StepForward } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import type { MovementsAnswer } from '../../../api/movements';
import type { Formats } from '../../../format';
import { offsetsOf } from '../../../pictures/dotted/zone';
import { type Records, underWay } from '../../../pictures/replay/records';
import { useText } from '../../../text/useText';
import { CloseButton, IconButton } from './buttons';
import { OpenCases } from './OpenCases';
import styles from './Replay.module.css';
import { type ReplaySearch, SPEEDS } from './search';
import { stepped, stepUnit } from './steps';
import { type ReplayClock, useTime } from './useReplayClock';
import type { ChangeReplay } from './useReplaySearch';

interface ControlsProps {
  answer: MovementsAnswer;
  records: Records;
  clock: ReplayClock;
  replay: ReplaySearch;
  change: ChangeReplay;
  format: Formats;
  isTogether: boolean;
  timeZone: string;
  notes: ReactNode;
  /** Whether the settings are shown. */
  isOpen: boolean;
  onOpen: () => void;
  onClose: () => void;
}

export function Controls(props: ControlsProps) {
  const { answer, records, clock, replay, change, format, isTogether, timeZone } = props;
  const { length_s, isPlaying, isStill } = clock;
  const text = useText();
  const offset = useMemo(() => offsetsOf(timeZone), [timeZone]);
  const { unit } = stepUnit(length_s);
  const of = { length_s, offset, origin_ms: isTogether ? null : records.origin_ms };
  const step = (direction: 1 | -1) => clock.seek(stepped(clock.clock.time(), direction, of));
  const toggle = () => (isStill ? step(1) : clock.toggle());
  useSpace(toggle);
  const speed = replay.speed ?? 1;
  const isSample = answer.sampled_cases < answer.cases - answer.cases_without_events;
  const said = (time_s: number) => ({
    time: isTogether
      ? text('replay.since', { duration: format.duration(Math.round(time_s)) })
      : format.dateTime(records.origin_ms + time_s * 1000),
    cases: text(isSample ? 'replay.underWay.drawn' : 'replay.underWay', {
      count: underWay(records, time_s, isTogether),
    }),
  });
  return (
    <div className={styles.controls}>
      <div className={styles.buttons}>
        {!isStill && (
          <IconButton
            name={text(isPlaying ? 'replay.pause' : 'replay.play')}
            Icon={isPlaying ? Pause : Play}
            onPress={toggle}
            isFilled
          />
        )}
        <IconButton name={text(`replay.back.${unit}`)} Icon={StepBack} onPress={() => step(-1)} />
        <IconButton name={text(`replay.on.${unit}`)} Icon={StepForward} onPress={() => step(1)} />
      </div>
      <Now clock={clock} said={said} />
      <div className={styles.track}>
        <OpenCases
          {...{ answer, records, clock, isTogether, said }}
          stepOn={(direction) => step(direction)}
        />
        {props.notes}
      </div>
      <div className={styles.buttons}>
        <NativeSelect
          className={styles.speed ?? ''}
          aria-label={text('replay.speed')}
          title={text('replay.speed.words', { duration: format.duration(clock.rate) })}
          size="xs"
          value={String(speed)}
          data={SPEEDS.map((one) => ({
            value: String(one),
            label: text('replay.speed.times', { speed: format.number(one) }),
          }))}
          onChange={({ currentTarget }) => {
            const next = SPEEDS.find((one) => String(one) === currentTarget.value);
            change({ speed: next === 1 ? undefined : next });
          }}
        />
        <IconButton
          name={text('replay.settings')}
          Icon={SlidersHorizontal}
          onPress={props.onOpen}
          isOpen={props.isOpen}
        />
        <CloseButton onClose={props.onClose} />
      </div>
    </div>
  );
}

interface NowProps {
  clock: ReplayClock;
  said: (time_s: number) => { time: string; cases: string };
}

function Now({ clock, said }: NowProps) {
  const { time, cases } = said(useTime(clock.clock));
  return (
    <p className={styles.now}>
      <b>{time}</b>
      <span>{cases}</span>
    </p>
  );
}

const PRESSED =
  'button, a, summary, input:not([type="checkbox"]), textarea, select, [contenteditable], [role="button"], [role="dialog"], [role="menu"]';

/** The space bar plays wherever it does nothing else. */
function useSpace(act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== ' ' || event.repeat || event.defaultPrevented) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(PRESSED)) return;
      // The page would open a replay: it is open.
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, []);
}
