// What is said when a side has no case: why that may be, and the ways on.
import { Button } from '@mantine/core';
import type { ComparisonAnswer } from '../../api/comparison';
import { useText } from '../../text/useText';
import states from '../log/States.module.css';
import { type CompareSearch, searchOfSide } from './search';
import type { Sides } from './sides';

export interface EmptySideProps {
  comparison: ComparisonAnswer;
  sides: Sides;
  search: CompareSearch;
  onSearch: (change: Partial<CompareSearch>) => void;
}

export function NothingOnSide({ comparison, sides, onSearch }: EmptySideProps) {
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
