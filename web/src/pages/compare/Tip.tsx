// What is said beside the pointer: the figures of both sides and their differences.
import type { ComparisonAnswer } from '../../api/comparison';
import { useFormats } from '../../format';
import { END, START } from '../../pictures/process-map/graph';
import type { Pointed } from '../../pictures/process-map/ProcessMap';
import { useText } from '../../text/useText';
import styles from './Compare.module.css';
import { FigureTable } from './FigureTable';
import { type FigureRow, figureRows, itemOf } from './figures';
import { differenceWords } from './words';

interface TipProps {
  pointed: Pointed;
  answer: ComparisonAnswer;
  /** Size of the stage, to stay on it. */
  stage: { width: number; height: number };
}

const GAP = 14;
const WIDTH_ROOM = 300;
const HEIGHT_ROOM = 230;

export function Tip({ pointed, answer, stage }: TipProps) {
  const told = useTold(pointed, answer);
  if (told === null) return null;
  const isRight = pointed.x + WIDTH_ROOM > stage.width;
  const isLow = pointed.y + HEIGHT_ROOM > stage.height;
  const style = {
    ...(isRight
      ? { right: Math.max(0, Math.min(stage.width - pointed.x + GAP, stage.width - WIDTH_ROOM)) }
      : { left: pointed.x + GAP }),
    ...(isLow ? { bottom: stage.height - pointed.y + GAP } : { top: pointed.y + GAP }),
  };
  return (
    <div className={styles.tip} style={style} role="tooltip">
      <p className={styles.tipTitle}>{told.title}</p>
      <FigureTable label={told.title} rows={told.rows} />
    </div>
  );
}

function useTold({ item, arrow }: Pointed, answer: ComparisonAnswer) {
  const text = useText();
  const format = useFormats();
  if (arrow) {
    const [list, activity] =
      arrow.from === START ? [answer.starts, arrow.to] : [answer.ends, arrow.from];
    const one = list.find((end) => end.activity === activity);
    if (!one) return null;
    const row: FigureRow = {
      name: text('compare.figure.share'),
      a: format.percent(one.a.share ?? 0),
      b: format.percent(one.b.share ?? 0),
      difference: differenceWords(text, format).said(one.share_difference ?? 0, 'share'),
      few: one.few,
    };
    const key = arrow.to === END ? 'compare.ends' : 'compare.starts';
    return { title: text(key, { activity }), rows: [row] };
  }
  const one = itemOf(item, answer);
  if (!one) return null;
  const title = item.kind === 'activity' ? item.activity : text('map.path.name', item);
  return { title, rows: figureRows(one, text, format) };
}
