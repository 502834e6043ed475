// What is said where a comparison has to be read with care.
import { Info } from 'lucide-react';
import type { ComparisonAnswer } from '../../api/comparison';
import { useText } from '../../text/useText';
import styles from './Compare.module.css';

interface NotesProps {
  comparison: ComparisonAnswer;
  isRest: boolean;
  /** Of cases that may still run. */
  recent: string[] | undefined;
}

/** Overlaps, cases on no side, small sides, cases that may still run. */
export function Notes({ comparison, isRest, recent = [] }: NotesProps) {
  const text = useText();
  const { a, b, shared, neither, few_cases } = comparison;
  const isSame = shared === a.cases && shared === b.cases;
  const notes = [
    ...(isSame ? [text('compare.note.same')] : []),
    ...(shared > 0 && !isSame ? [text('compare.note.shared', { count: shared })] : []),
    ...(neither > 0 && !isRest ? [text('compare.note.neither', { count: neither })] : []),
    ...(comparison.ranked ? [] : [text('compare.note.few', { few: few_cases })]),
    ...recent,
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
