// The scales of the legend: what each colour and width means, on the screen and in exported pictures.
import type { PrintedScale } from '../../files/picture';
import type { Looks } from '../../pictures/process-map/looks';
import type { FREQUENCY_METRICS, Metric } from '../../pictures/process-map/metricNames';
import { METRICS } from '../../pictures/process-map/metrics';
import type { Domain } from '../../pictures/process-map/scale';
import type { ScalePart } from '../../pictures/process-map/tone';
import type { Say } from '../../text/useText';
import type { Colours } from './useColours';
import type { Write } from './write';

export interface LegendScale {
  /** Whose colours they are; `null` of a scale of widths alone. */
  of: ScalePart['of'] | null;
  title: string;
  /** From little to much; one where only widths count. */
  steps: string[];
  /** Whether it says what the widths mean. */
  isWedge: boolean;
  domain: Domain;
  write: (value: number) => string;
}

interface ScalesOf {
  metric: Metric;
  looks: Looks;
  colours: Colours;
  hasOwnTimes: boolean;
  /** Whose values are shown, where any are. */
  attribute?: string | undefined;
  text: Say;
  write: Write;
}

export function scalesOf(given: ScalesOf): LegendScale[] {
  const { metric, looks, colours, text, write } = given;
  const { unit, isOneScale } = METRICS[metric];
  const { activityDomain, pathDomain, widthDomain } = looks;
  const inUnit = (value: number) => write(value, unit);
  const inCases = (value: number) => write(value, 'count');
  const scales: LegendScale[] = [];
  if (activityDomain) {
    const of = isOneScale ? 'both' : 'activities';
    const [title, steps] = [activityTitle(given), colours.activitySteps];
    scales.push({ of, title, steps, isWedge: false, domain: activityDomain, write: inUnit });
  }
  if (pathDomain && isOfPaths(metric)) {
    const [title, steps] = [text(`map.legend.path.${metric}`), colours.pathSteps];
    scales.push({ of: 'paths', title, steps, isWedge: false, domain: pathDomain, write: inUnit });
  }
  if (widthDomain) {
    const isColour = metric === 'cases';
    scales.push({
      of: isColour ? 'paths' : null,
      title: text(isColour ? 'map.legend.flow' : 'map.legend.width'),
      steps: isColour ? colours.pathSteps : [colours.palette.terminal],
      isWedge: true,
      domain: widthDomain,
      write: inCases,
    });
  }
  return scales;
}

/** The colours of paths have a scale of their own; that of cases is the one of the widths. */
function isOfPaths(metric: Metric): metric is 'events' | 'share' | 'repetitions' | 'most' {
  return METRICS[metric].kind === 'frequency' && metric !== 'cases';
}

function activityTitle({ metric, hasOwnTimes, attribute = '', text }: ScalesOf): string {
  const { kind } = METRICS[metric];
  if (kind === 'value') {
    return text('map.metric.valued', { metric: text(`map.metric.${metric}`), attribute });
  }
  if (kind === 'time') {
    const key = hasOwnTimes ? 'map.legend.time.own' : 'map.legend.time.wait';
    return text(key, { metric: text(`map.metric.${metric}`) });
  }
  return text(`map.legend.activity.${metric as (typeof FREQUENCY_METRICS)[number]}`);
}

/** The same for a picture that is taken away. */
export function printedScales(given: ScalesOf): PrintedScale[] {
  return scalesOf(given).map(({ title, steps, isWedge, domain, write }) => ({
    title,
    steps,
    isWedge,
    least: write(domain.least),
    ...(isOne(domain) ? {} : { most: write(domain.most) }),
  }));
}

/** A scale of one value is no scale. */
export function isOne({ least, most }: Domain): boolean {
  return least === most;
}
