// Recording the replay: from the press of a button until the next, or until the replay stands still.
import { notifications } from '@mantine/notifications';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { MovementsAnswer } from '../../../api/movements';
import type { Log, Version } from '../../../api/types';
import { download, fileName } from '../../../files/download';
import type { Formats } from '../../../format';
import { FONT_FAMILY } from '../../../pictures/process-map/measure';
import type { MapHandle } from '../../../pictures/process-map/ProcessMap';
import { type Records, underWay } from '../../../pictures/replay/records';
import type { TokenLook } from '../../../pictures/replay/TokenLayer';
import type { Ways } from '../../../pictures/replay/ways';
import { token } from '../../../style/ramps';
import { useText } from '../../../text/useText';
import type { Legend } from './legend';
import type { Film } from './recording';
import type { ReplayClock } from './useReplayClock';

export interface Recording {
  /** Why it cannot be recorded: no motion is wanted, or the browser makes no videos. */
  state: 'ready' | 'still' | 'unsupported';
  isOn: boolean;
  toggle: () => void;
}

interface RecordingOf {
  log: Log;
  version: Version;
  map: RefObject<MapHandle | null>;
  answer: MovementsAnswer;
  records: Records;
  clock: ReplayClock;
  ways: Ways;
  look: TokenLook;
  legend: Legend;
  isTogether: boolean;
  format: Formats;
}

export function useRecording(of: RecordingOf): Recording {
  const text = useText();
  const latest = useRef(of);
  latest.current = of;
  const film = useRef<Film>(null);
  const [isOn, setIsOn] = useState(false);
  const { clock, isPlaying, isStill } = of.clock;
  const fail = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    notifications.show({ color: 'red', message: text('replay.record.failed', { reason }) });
  };

  const finish = async () => {
    const { current } = film;
    film.current = null;
    setIsOn(false);
    if (!current) return;
    const { log, version } = latest.current;
    const video = await current.stop();
    download(video, fileName(log.name, version.number, 'webm'), 'video/webm');
    notifications.show({ message: text('replay.record.done') });
  };
  const begin = async () => {
    const drawn = of.map.current?.drawn();
    if (!drawn) return;
    setIsOn(true);
    const { startFilm } = await import('./recording');
    film.current = await startFilm({
      ...drawn,
      records: of.records,
      ways: of.ways,
      clock,
      title: of.log.name,
      paper: { page: token('map-page'), ink: token('ink'), muted: token('muted') },
      font: FONT_FAMILY,
      legend: legendWords(),
      words,
      look: () => latest.current.look,
    });
    clock.play();
  };
  const end = useRef(finish);
  end.current = finish;
  // It ends with the replay, and with what is filmed; while nobody looks it waits.
  const wasPlaying = useRef(false);
  useEffect(() => {
    const isOver = wasPlaying.current && !isPlaying && !document.hidden;
    if (isOver && film.current) void end.current().catch(fail);
    wasPlaying.current = isPlaying;
  });
  const { records, ways } = of;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture is another film
  useEffect(() => {
    return () => {
      if (film.current) void end.current().catch(() => undefined);
    };
  }, [records, ways]);
  return {
    state: isStill ? 'still' : canFilm() ? 'ready' : 'unsupported',
    isOn,
    toggle: () => {
      if (isOn) {
        if (film.current) clock.pause();
        return;
      }
      begin().catch((error: unknown) => {
        setIsOn(false);
        fail(error);
      });
    },
  };

  function words(time_s: number): string {
    const { records, isTogether, format } = latest.current;
    const time = isTogether
      ? text('replay.since', { duration: format.duration(Math.round(time_s)) })
      : format.dateTime(records.origin_ms + time_s * 1000);
    const { sampled_cases: sampled, cases_without_events: without } = latest.current.answer;
    const cases = latest.current.answer.cases - without;
    const isSample = sampled < cases;
    const count = underWay(records, time_s, isTogether);
    const parts = [time, text(isSample ? 'replay.underWay.drawn' : 'replay.underWay', { count })];
    return [...parts, ...(isSample ? [text('replay.sample', { sampled, cases })] : [])].join(' · ');
  }

  function legendWords() {
    return of.legend.entries.map(({ kind, value, values, colour }) => ({
      colour: token(colour),
      words:
        kind === 'value'
          ? (value ?? '')
          : kind === 'others'
            ? text('replay.legend.others', { count: values })
            : text('replay.legend.missing'),
    }));
  }
}

/** Whether this browser makes videos of a canvas. */
function canFilm(): boolean {
  return (
    typeof MediaRecorder !== 'undefined' &&
    'captureStream' in HTMLCanvasElement.prototype &&
    MediaRecorder.isTypeSupported('video/webm')
  );
}
