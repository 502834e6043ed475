// How the replay is shown: from when, with tails, in which colours, and as a video.
import { Button, NativeSelect } from '@mantine/core';
import { Circle, Square } from 'lucide-react';
import { useId } from 'react';
import { useText } from '../../../text/useText';
import { SwitchButton } from './buttons';
import type { Legend } from './legend';
import styles from './Replay.module.css';
import type { ReplaySearch } from './search';
import type { Recording } from './useRecording';
import type { ChangeReplay } from './useReplaySearch';

interface SettingsProps {
  replay: ReplaySearch;
  change: ChangeReplay;
  attributes: string[];
  by: string | undefined;
  legend: Legend;
  recording: Recording;
  isTogether: boolean;
  /** Whether activities take time. */
  hasStays: boolean;
  timeZone: string;
}

export function Settings(props: SettingsProps) {
  const { replay, change, attributes, by, legend, recording, isTogether, timeZone } = props;
  const text = useText();
  const [id, reason] = [useId(), useId()];
  const { state } = recording;
  return (
    <div className={styles.settings}>
      <div className={styles.choices}>
        <SwitchButton
          name={text('replay.together')}
          isOn={isTogether}
          onSwitch={(on) => change({ together: on || undefined, at: undefined })}
        />
        <SwitchButton
          name={text('replay.tails')}
          isOn={replay.tails ?? false}
          onSwitch={(on) => change({ tails: on || undefined })}
        />
        <RecordButton recording={recording} reason={reason} />
        {attributes.length > 0 && (
          <div className={styles.colour}>
            <label htmlFor={id}>{text('replay.colour')}</label>
            <NativeSelect
              id={id}
              size="xs"
              value={by ?? ''}
              data={[{ value: '', label: text('replay.colour.none') }, ...attributes]}
              onChange={({ currentTarget }) => change({ colour: currentTarget.value || undefined })}
            />
          </div>
        )}
      </div>
      {by !== undefined && legend.entries.length > 0 && (
        <ul className={styles.legend} aria-label={text('replay.legend', { attribute: by })}>
          {legend.entries.map(({ kind, value, values, cases, colour }) => (
            <li key={kind === 'value' ? `value ${value}` : kind}>
              <span className={styles.dot} style={{ background: `var(--${colour})` }} aria-hidden />
              {kind === 'value' && value}
              {kind === 'others' && text('replay.legend.others', { count: values })}
              {kind === 'missing' && text('replay.legend.missing')}
              <span className={styles.count}>{text('replay.legend.cases', { cases })}</span>
            </li>
          ))}
        </ul>
      )}
      <p className={styles.hint}>
        {text('replay.hint')} {props.hasStays && text('replay.hint.stays')}{' '}
        {!isTogether && text('replay.zone', { zone: timeZone })}{' '}
        <span id={reason}>{state !== 'ready' && text(`replay.record.${state}`)}</span>
      </p>
    </div>
  );
}

function RecordButton({ recording, reason }: { recording: Recording; reason: string }) {
  const text = useText();
  const { state, isOn, toggle } = recording;
  return (
    <Button
      size="compact-xs"
      variant={isOn ? 'filled' : 'default'}
      {...(isOn ? { color: 'red' } : {})}
      leftSection={
        isOn ? <Square size={11} aria-hidden /> : <Circle size={11} fill="#d92d20" aria-hidden />
      }
      disabled={state !== 'ready'}
      aria-describedby={reason}
      onClick={toggle}
    >
      {text(isOn ? 'replay.record.stop' : 'replay.record')}
    </Button>
  );
}
