// The colours of the map in the theme that is shown now.
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { type Ramp, ramp } from '../../pictures/process-map/colour';
import type { Palette } from '../../pictures/process-map/looks';
import type { Metric } from '../../pictures/process-map/metricNames';
import { METRICS } from '../../pictures/process-map/metrics';
import type { MapColours } from '../../pictures/process-map/ProcessMap';
import { activityRamp, pathRamp, token } from '../../style/ramps';

export interface Colours {
  palette: Palette;
  picture: MapColours;
  /** The steps of the legend. */
  activitySteps: string[];
  pathSteps: string[];
  /** For waits in the panel, whatever the map shows. */
  waits: Ramp;
}

const SCHEME_ATTRIBUTE = 'data-mantine-color-scheme';

/** Paper is light, whatever the screen is. */
export function useColours(metric: Metric): Colours {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const name = METRICS[metric].ramp;
  const [colours, setColours] = useState(() => coloursOf(name));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens change with the scheme
  useLayoutEffect(() => setColours(coloursOf(name)), [name, scheme]);
  useEffect(() => {
    const page = document.documentElement;
    const show = (wanted: string) => {
      page.setAttribute(SCHEME_ATTRIBUTE, wanted);
      // What is printed is what stands there when the event is over.
      flushSync(() => setColours(coloursOf(name)));
    };
    const before = () => show('light');
    const after = () => show(scheme);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, [name, scheme]);
  return colours;
}

function coloursOf(name: (typeof METRICS)[Metric]['ramp']): Colours {
  const [activitySteps, pathSteps] = [activityRamp(name), pathRamp(name)];
  return {
    activitySteps,
    pathSteps,
    waits: ramp(pathRamp('duration')),
    palette: {
      activity: ramp(activitySteps),
      path: ramp(pathSteps),
      mutedActivity: token('map-muted-activity'),
      mutedPath: token('map-muted-path'),
      terminal: token('map-terminal'),
    },
    picture: {
      page: token('map-page'),
      dots: token('map-dots'),
      ink: token('map-label'),
      border: token('map-border'),
      start: token('good'),
      end: token('muted'),
      surface: token('surface'),
      stub: token('map-terminal'),
    },
  };
}
