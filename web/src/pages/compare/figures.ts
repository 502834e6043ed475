// The figures of an activity or a path on both sides, as rows of a small table.
import type { ComparedActivity, ComparedPath, SideFigures } from '../../api/comparison';
import type { Formats } from '../../format';
import { hasOwnTime } from '../../pictures/process-map/compared';
import type { MapItem } from '../../pictures/process-map/graph';
import type { Say } from '../../text/useText';
import { differenceWords } from './words';

export interface FigureRow {
  name: string;
  a: string;
  b: string;
  /** In words; missing where a difference would say nothing. */
  difference: string | null;
  /** Rests on few cases. */
  few: boolean;
}

type Item = ComparedActivity | ComparedPath;

export function itemOf(
  item: MapItem,
  { activities, paths }: { activities: ComparedActivity[]; paths: ComparedPath[] },
): Item | undefined {
  return item.kind === 'activity'
    ? activities.find((one) => one.activity === item.activity)
    : paths.find((one) => one.from === item.from && one.to === item.to);
}

export function figureRows(one: Item, text: Say, format: Formats): FigureRow[] {
  const { said } = differenceWords(text, format);
  const { difference } = one;
  const count = (value: number) => format.number(value, 0);
  const isOwn = hasOwnTime(one);
  const times = (side: SideFigures) => (isOwn ? side.duration_s : side.wait_s);
  const [a, b] = [times(one.a), times(one.b)];
  const between = isOwn ? difference.duration_s : difference.wait_s;
  const kind = 'activity' in one ? (isOwn ? 'own' : 'wait') : 'path';
  const duration = (value: number | undefined) =>
    value === undefined ? text('compare.absent') : format.durationShort(value);
  const time = (name: 'median' | 'p90'): FigureRow => ({
    name: text(`compare.figure.${name}.${kind}`),
    a: duration(a?.[name]),
    b: duration(b?.[name]),
    difference: between ? said(between[name], 'time') : null,
    few: difference.few_times,
  });
  const rows: FigureRow[] = [
    {
      name: text('compare.figure.share'),
      a: format.percent(one.a.share ?? 0),
      b: format.percent(one.b.share ?? 0),
      difference:
        difference.share === null || difference.share === undefined
          ? null
          : said(difference.share, 'share'),
      few: difference.few,
    },
    {
      name: text('compare.figure.cases'),
      a: count(one.a.cases),
      b: count(one.b.cases),
      difference: null,
      few: false,
    },
    {
      name: text('compare.figure.events'),
      a: count(one.a.events),
      b: count(one.b.events),
      difference: null,
      few: false,
    },
  ];
  return a || b ? [...rows, time('median'), time('p90')] : rows;
}
