// The colours and widths of both maps and of their difference, in the theme that is shown now.
import { useMemo } from 'react';
import type { ComparisonAnswer } from '../../api/comparison';
import { useFormats } from '../../format';
import { ramp } from '../../pictures/process-map/colour';
import {
  type Compared,
  differenceLooks,
  type SideLooks,
  sideLooks,
} from '../../pictures/process-map/compared';
import type { Arrow } from '../../pictures/process-map/graph';
import type { Looks } from '../../pictures/process-map/looks';
import { differencePathRamp, differenceRamp } from '../../style/ramps';
import { useText } from '../../text/useText';
import type { Colours } from '../map/useColours';
import { writer } from '../map/write';
import { differenceWords } from './words';

export interface ComparedLooks {
  sides: SideLooks;
  difference: Looks;
  /** The steps of the scale of differences, from more on A to more on B. */
  steps: string[];
}

interface LooksOf {
  answer: ComparisonAnswer;
  arrows: Arrow[];
  metric: Compared;
  /** Of the theme: other colours are another theme. */
  colours: Colours;
}

export function useComparedLooks({ answer, arrows, metric, colours }: LooksOf): ComparedLooks {
  const text = useText();
  const format = useFormats();
  return useMemo(() => {
    const { palette } = colours;
    const { signed } = differenceWords(text, format);
    const steps = differenceRamp();
    const given = { answer, arrows, compared: metric };
    return {
      sides: sideLooks({
        ...given,
        palette,
        write: writer(format, text),
        absent: text('compare.absent'),
      }),
      difference: differenceLooks({
        ...given,
        palette: { ...palette, activity: ramp(steps), path: ramp(differencePathRamp()) },
        write: (value) => signed(value, metric),
      }),
      steps,
    };
  }, [answer, arrows, metric, colours, text, format]);
}
