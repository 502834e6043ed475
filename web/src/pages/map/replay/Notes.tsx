// What is not drawn, or drawn otherwise: said in one line under the slider.
import type { MovementsAnswer } from '../../../api/movements';
import { addressWords } from '../../../filters/addressWords';
import { useFormats } from '../../../format';
import { TOKENS_MAX } from '../../../pictures/replay/canvas';
import type { Drawn } from '../../../pictures/replay/TokenLayer';
import type { Ways } from '../../../pictures/replay/ways';
import { useText } from '../../../text/useText';
import styles from './Replay.module.css';

interface NotesProps {
  answer: MovementsAnswer;
  ways: Ways;
  drawn: Drawn;
  ignored: string[];
}

export function Notes({ answer, ways, drawn, ignored }: NotesProps) {
  const text = useText();
  const format = useFormats();
  const { sampled_cases: sampled, cases_without_events: without, cut_cases: cut } = answer;
  const cases = answer.cases - without;
  const share = hiddenShare(answer, ways);
  const lines = [
    sampled < cases ? text('replay.sample', { sampled, cases }) : text('replay.all', { cases }),
    ...(share > 0 ? [text('replay.hidden', { share: format.percent(share) })] : []),
    ...(cut > 0 ? [text('replay.cut', { count: cut })] : []),
    ...(drawn.kind === 'canvas'
      ? [text('replay.limited', { most: TOKENS_MAX, leftOut: drawn.leftOut })]
      : []),
    ...(ignored.length > 0
      ? [text('filters.ignored.words', { words: format.list(addressWords(ignored, text)) })]
      : []),
  ];
  // No line begins with what separates.
  return <p className={styles.notes}>{lines.join('\u00a0· ')}</p>;
}

/** Of the movements that are drawn, the share on paths that are not on the map. */
export function hiddenShare({ paths }: MovementsAnswer, { shown }: Ways): number {
  let [hidden, all] = [0, 0];
  for (const [idx, path] of paths.entries()) {
    all += path.movements;
    if (!shown[idx]) hidden += path.movements;
  }
  return all > 0 ? hidden / all : 0;
}
