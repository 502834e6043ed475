// What is said when there is nothing to compare, or when it has to be read with care.
import { Button } from '@mantine/core';
import { Info } from 'lucide-react';
import type { ComparisonAnswer } from '../../api/comparison';
import { useText } from '../../text/useText';
import states from '../log/States.module.css';
import styles from './Compare.module.css';
import { type CompareSearch, searchOfSide } from './search';
import type { Sides } from './sides';

interface EmptySideProps {
  comparison: ComparisonAnswer;
  sides: Sides;
  search: CompareSearch;
  onSearch: (change: Partial<CompareSearch>) => void;
}

/** Which side has no case, why that may be, and the ways on. */
export function EmptySide({ comparison, sides, onSearch }: EmptySideProps) {
  const text = useText();
  const side = comparison.a.cases === 0 ? 'a' : 'b';
  const isRest = side === 'b' && sides.b === undefined;
  const clear = {
    ...(side === 'a' || isRest ? searchOfSide('a', []) : {}),
    ...(side === 'b' ? searchOfSide('b', []) : {}),
  };
  return (
    <section className={states.state} role="status">
      <h2 className={states.title}>{text(`compare.empty.${side}`)}</h2>
      <p className={states.detail}>
        {text(isRest ? 'compare.empty.rest' : 'compare.empty.filters', {
          cases: comparison[side].of ?? comparison.cases,
        })}
      </p>
      <div className={states.buttons}>
        <Button onClick={() => onSearch(clear)}>
          {text(`compare.empty.clear.${isRest ? 'a' : side}`)}
        </Button>
        {side === 'a' && (
          <Button
            variant="default"
            onClick={() => onSearch({ ...searchOfSide('a', []), ...searchOfSide('b', []) })}
          >
            {text('compare.again')}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Overlaps, cases on no side, small sides. */
export function Notes({ comparison, isRest }: { comparison: ComparisonAnswer; isRest: boolean }) {
  const text = useText();
  const { a, b, shared, neither, few_cases } = comparison;
  const isSame = shared === a.cases && shared === b.cases;
  const notes = [
    ...(isSame ? [text('compare.note.same')] : []),
    ...(shared > 0 && !isSame ? [text('compare.note.shared', { count: shared })] : []),
    ...(neither > 0 && !isRest ? [text('compare.note.neither', { count: neither })] : []),
    ...(comparison.ranked ? [] : [text('compare.note.few', { few: few_cases })]),
  ];
  if (notes.length === 0) return null;
  return (
    <ul className={styles.notes}>
      {notes.map((note) => (
        <li key={note}>
          <Info size={14} aria-hidden />
          <span>{note}</span>
        </li>
      ))}
    </ul>
  );
}
