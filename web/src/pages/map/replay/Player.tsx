// The replay when its movements are there: dots on the map, the bar with time and settings.
import { type ComponentType, type ReactNode, useCallback, useMemo, useState } from 'react';
import type { MovementsAnswer } from '../../../api/movements';
import { useFormats } from '../../../format';
import { METRICS } from '../../../pictures/process-map/metrics';
import type { Records } from '../../../pictures/replay/records';
import { type Drawn, TokenLayer } from '../../../pictures/replay/TokenLayer';
import { waysOf } from '../../../pictures/replay/ways';
import { token } from '../../../style/ramps';
import { useText } from '../../../text/useText';
import { Controls } from './Controls';
import { type Legend, legendOf } from './legend';
import { Notes } from './Notes';
import type { ReplayProps } from './Replay';
import { Settings } from './Settings';
import type { ReplaySearch } from './search';
import { useRecording } from './useRecording';
import { useReplayClock } from './useReplayClock';
import type { ChangeReplay } from './useReplaySearch';

/** A tail is what a dot has travelled in this part of a second before the screen. */
const TAIL_S = 0.6;
/** Windows with room for the settings and the legend. */
const ROOMY = '(min-width: 64rem) and (min-height: 46rem)';

interface Address {
  replay: ReplaySearch;
  ignored: string[];
  change: ChangeReplay;
  close: () => void;
}

interface PlayerProps extends ReplayProps {
  answer: MovementsAnswer;
  records: Records;
  address: Address;
  /** The attribute that is asked for. */
  by: string | undefined;
  attributes: string[];
  Bar: ComponentType<{ children: ReactNode }>;
}

export function Player(props: PlayerProps) {
  const { answer, records, address, attributes, Bar, drawing, looks, map } = props;
  const { replay, change } = address;
  const text = useText();
  const timeZone = props.data.shown?.timeZone;
  const format = useFormats(timeZone);
  const isTogether = replay.together ?? false;
  const clock = useReplayClock(records, replay, change);
  const { layout, arrows } = drawing;
  const ways = useMemo(
    () => waysOf(records, layout, arrows, looks),
    [records, layout, arrows, looks],
  );
  const legend = useMemo(() => {
    const yesOrNo = (value: boolean) => text(value ? 'replay.yes' : 'replay.no');
    return legendOf(answer.values ?? [], (value) =>
      typeof value === 'boolean' ? yesOrNo(value) : String(value),
    );
  }, [answer, text]);
  const look = useLook(props, legend, replay.tails ? TAIL_S * clock.rate : 0, isTogether);
  const [drawn, setDrawn] = useState<Drawn>({ kind: 'webgl', leftOut: 0 });
  const noteDrawn = useCallback(
    (next: Drawn) =>
      setDrawn((now) => (now.kind === next.kind && now.leftOut === next.leftOut ? now : next)),
    [],
  );
  const [isOpen, setIsOpen] = useState(() => window.matchMedia(ROOMY).matches);
  const recording = useRecording({ ...props, clock, ways, look, legend, isTogether, format });
  return (
    <>
      <TokenLayer
        {...{ map, records, ways, look }}
        clock={clock.clock}
        isBusy={props.isBusy}
        onDrawn={noteDrawn}
      />
      <Bar>
        <Controls
          {...{ answer, records, clock, replay, change, format, isTogether, isOpen }}
          timeZone={timeZone ?? 'UTC'}
          onOpen={() => setIsOpen(!isOpen)}
          onClose={address.close}
          notes={<Notes answer={answer} ways={ways} drawn={drawn} ignored={address.ignored} />}
        />
        {isOpen && (
          <Settings
            {...{ replay, change, attributes, legend, recording, isTogether }}
            by={props.by}
            hasStays={records.stays.length > 0}
            timeZone={timeZone ?? 'UTC'}
          />
        )}
        <p className="only-read-aloud">{text(`replay.drawn.${drawn.kind}`)}</p>
      </Bar>
    </>
  );
}

/** The colours of the dots in the theme that is shown now: it changes with those of the map. */
function useLook(props: PlayerProps, legend: Legend, tail_s: number, isTogether: boolean) {
  const { metric, looks } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the looks change with the theme
  return useMemo(() => {
    const plain = METRICS[metric].ramp === 'duration' ? 'category-1' : 'category-6';
    const names = legend.colours.length > 0 ? legend.colours : [plain];
    return { isTogether, tail_s, colours: names.map(token), rim: token('map-label') };
  }, [metric, looks, legend, tail_s, isTogether]);
}
