// One of the sliders that say how much of the process is shown.
import { Slider } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useText } from '../../text/useText';
import styles from './Panel.module.css';

export interface SliderState {
  /** What the slider stands at. */
  value: number;
  least: number;
  shown: number;
  count: number;
}

interface LabelledSliderProps {
  name: string;
  state: SliderState;
  /** What it came to, in words for those who do not see the numbers beside its name. */
  words: string;
  onMove?: (value: number) => void;
  onEnd: (value: number) => void;
}

/** A slider that answers at once and says what it came to. */
export function LabelledSlider({ name, state, words, onMove, onEnd }: LabelledSliderProps) {
  const text = useText();
  const [value, setValue] = useState(state.value);
  useEffect(() => setValue(state.value), [state.value]);
  const shown = text('map.detail.of', { shown: state.shown, count: state.count });
  return (
    <>
      <div className={styles.slider}>
        <span>{name}</span>
        <b>{shown}</b>
      </div>
      <Slider
        size="sm"
        min={state.least}
        max={100}
        value={Math.max(state.least, value)}
        disabled={state.least >= 100}
        label={null}
        thumbLabel={name}
        thumbValueText={words}
        onChange={(next) => {
          setValue(next);
          onMove?.(next);
        }}
        onChangeEnd={onEnd}
      />
    </>
  );
}
