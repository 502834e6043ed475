// Who to whom as a table of colours: rows hand over, columns take over.
import { useMemo } from 'react';
import type { Handover } from '../../api/handovers';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { type HeatCell, HeatLegend, HeatTable, type Place } from './HeatTable';
import { figureOf, isSamePerson, type Matrix, type Person, strengthOf } from './matrix';
import type { Metric, PeopleSearch } from './search';

interface MatrixTableProps {
  matrix: Matrix;
  metric: Metric;
  chosen: Handover | undefined;
  onChoose: (pair: Pick<PeopleSearch, 'from' | 'to'>) => void;
}

export function MatrixTable({ matrix, metric, chosen, onChoose }: MatrixTableProps) {
  const text = useText();
  const format = useFormats();
  const { people, cells, most } = matrix;
  const nameOf = (person: Person) => person ?? text('people.unknown');
  const write = (value: number | null) =>
    value === null
      ? '–'
      : metric === 'wait'
        ? format.durationShort(value)
        : format.number(value, 0);
  const names = people.map((person) => ({
    key: String(person),
    name: nameOf(person),
    isMuted: person === null,
  }));
  const heat = cells.map((line, row) =>
    line.map((pair, column): HeatCell | null => {
      if (!pair) return null;
      const value = figureOf(pair, metric);
      return {
        words: write(value),
        strength: row === column ? null : strengthOf(value, most),
        isMarked: pair.same,
        label: text(pair.same || row !== column ? 'people.cell' : 'people.cell.unknown', {
          from: nameOf(people[row] ?? null),
          to: nameOf(people[column] ?? null),
          handovers: pair.handovers,
          cases: pair.cases,
          wait: pair.wait_s ? format.durationShort(pair.wait_s.median) : '–',
        }),
      };
    }),
  );
  const place = useMemo(() => placeOf(matrix, chosen), [matrix, chosen]);
  const ramp = metric === 'wait' ? 'duration' : 'frequency';
  return (
    <>
      <HeatTable
        caption={text('people.matrix.walk')}
        corner={{ left: text('people.from'), above: text('people.to') }}
        rows={names}
        columns={names}
        cells={heat}
        chosen={place}
        onChoose={([row, column]) =>
          onChoose({ from: people[row] ?? null, to: people[column] ?? null })
        }
        ramp={ramp}
        isWide={metric === 'wait'}
      />
      <HeatLegend
        ramp={ramp}
        least={write(0)}
        most={write(most)}
        marked={text('people.legend.same')}
        unmarked={people.includes(null) ? text('people.legend.unknown') : undefined}
      />
    </>
  );
}

function placeOf({ people }: Matrix, chosen: Handover | undefined): Place | null {
  if (!chosen) return null;
  for (const [row, from] of people.entries()) {
    for (const [column, to] of people.entries()) {
      if (isSamePerson(chosen, from, to)) return [row, column];
    }
  }
  return null;
}
