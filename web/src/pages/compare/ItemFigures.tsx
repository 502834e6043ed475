// The selected activity or path: both sides, the differences, and the cases behind them.
import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ComparisonAnswer } from '../../api/comparison';
import { useFormats } from '../../format';
import type { MapItem } from '../../pictures/process-map/graph';
import { useText } from '../../text/useText';
import styles from './Compare.module.css';
import { FigureTable } from './FigureTable';
import { figureRows, itemOf } from './figures';
import { SideCases } from './SideCases';
import type { Sides } from './sides';

interface ItemFiguresProps {
  answer: ComparisonAnswer;
  selected: MapItem;
  sides: Sides;
  isProjected: boolean;
  onSelect: (item: MapItem | null) => void;
}

export function ItemFigures({ answer, selected, sides, isProjected, onSelect }: ItemFiguresProps) {
  const text = useText();
  const format = useFormats();
  const one = itemOf(selected, answer);
  const name = selected.kind === 'activity' ? selected.activity : text('map.path.name', selected);
  return (
    <section className={styles.section} aria-live="polite">
      <div className={styles.sectionHead}>
        <h2 className={styles.sectionTitle}>{name}</h2>
        <CloseButton
          size="sm"
          aria-label={text('compare.unselect')}
          onClick={() => onSelect(null)}
        />
      </div>
      {one ? (
        <>
          <FigureTable label={name} rows={figureRows(one, text, format)} />
          {selected.kind === 'path' && isProjected ? (
            <p className={styles.hint}>{text('compare.projected')}</p>
          ) : (
            <div className={`${styles.links} not-printed`}>
              {(['a', 'b'] as const).map((side) => (
                <CasesOf key={side} {...{ side, selected, sides }} count={one[side].cases}>
                  {text(`compare.open.${side}`, { count: one[side].cases })}
                </CasesOf>
              ))}
            </div>
          )}
        </>
      ) : (
        <p className={styles.hint}>{text('compare.gone')}</p>
      )}
    </section>
  );
}

interface CasesOfProps {
  side: 'a' | 'b';
  selected: MapItem;
  sides: Sides;
  count: number;
  children: ReactNode;
}

/** Leads to the cases of a side that have the activity or take the path. */
export function CasesOf({ side, selected, sides, count, children }: CasesOfProps) {
  if (count === 0) return <span>{children}</span>;
  return (
    <SideCases {...{ sides, side }} and={[filterOf(selected)]}>
      {children}
    </SideCases>
  );
}

function filterOf(item: MapItem) {
  return item.kind === 'activity'
    ? { kind: 'activity_contains', activities: [item.activity] }
    : { kind: 'follows', from: [item.from], to: [item.to], mode: 'directly' };
}
