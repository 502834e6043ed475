// Who to whom as a table of colours: rows hand over, columns take over.
import { useComputedColorScheme } from '@mantine/core';
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Handover } from '../../api/handovers';
import { useFormats } from '../../format';
import { inkOn, ramp } from '../../pictures/process-map/colour';
import { activityRamp } from '../../style/ramps';
import { useText } from '../../text/useText';
import parts from '../explore/Parts.module.css';
import { figureOf, isSamePerson, type Matrix, type Person, strengthOf } from './matrix';
import styles from './People.module.css';
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
  const colourOf = useColour(metric);
  const frame = useRef<HTMLTableElement>(null);
  const first = useMemo(() => firstCell(cells), [cells]);
  const [at, setAt] = useState<[number, number] | null>(null);
  const [atRow, atColumn] = at && cells[at[0]]?.[at[1]] ? at : first;
  const nameOf = (person: Person) => person ?? text('people.unknown');
  const write = (value: number | null) =>
    value === null
      ? '–'
      : metric === 'wait'
        ? format.durationShort(value)
        : format.number(value, 0);
  const walk = (from: [number, number], event: KeyboardEvent) => {
    const next = nextCell(cells, from, event.key);
    if (!next) return;
    event.preventDefault();
    setAt(next);
    frame.current?.querySelector<HTMLButtonElement>(`[data-cell="${next[0]}-${next[1]}"]`)?.focus();
  };
  return (
    <>
      <div className={styles.scroll}>
        <table ref={frame} className={styles.matrix} data-metric={metric}>
          <caption className="only-read-aloud">{text('people.matrix.walk')}</caption>
          <thead>
            <tr>
              <td className={styles.corner}>
                <span>{text('people.to')}</span>
                <span>{text('people.from')}</span>
              </td>
              {people.map((person) => (
                <th key={String(person)} scope="col" title={nameOf(person)}>
                  <span data-unknown={person === null || undefined}>{nameOf(person)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map((from, row) => (
              <tr key={String(from)}>
                <th scope="row" title={nameOf(from)} data-unknown={from === null || undefined}>
                  {nameOf(from)}
                </th>
                {people.map((to, column) => {
                  const pair = cells[row]?.[column] ?? null;
                  const isSame = row === column;
                  if (!pair) {
                    return <td key={String(to)} data-same={isSame || undefined} />;
                  }
                  const value = figureOf(pair, metric);
                  const colour = isSame ? null : colourOf(strengthOf(value, most));
                  return (
                    <td key={String(to)} data-same={isSame || undefined}>
                      <button
                        type="button"
                        data-cell={`${row}-${column}`}
                        tabIndex={row === atRow && column === atColumn ? 0 : -1}
                        aria-pressed={isSamePerson(chosen ?? null, from, to)}
                        aria-label={text('people.cell', {
                          from: nameOf(from),
                          to: nameOf(to),
                          handovers: pair.handovers,
                          cases: pair.cases,
                          wait: pair.wait_s ? format.durationShort(pair.wait_s.median) : '–',
                        })}
                        style={colour ? { background: colour, color: inkOn(colour) } : undefined}
                        onFocus={() => setAt([row, column])}
                        onKeyDown={(event) => walk([row, column], event)}
                        onClick={() => onChoose({ from, to })}
                      >
                        {write(value)}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Legend {...{ colourOf, most, write }} />
    </>
  );
}

interface LegendProps {
  colourOf: (strength: number) => string;
  most: number;
  write: (value: number | null) => string;
}

const LEGEND_STEPS = [0, 0.25, 0.5, 0.75, 1];

function Legend({ colourOf, most, write }: LegendProps) {
  const text = useText();
  return (
    <p className={parts.legend}>
      <span className={styles.scale}>
        {write(0)}
        <i
          style={{
            background: `linear-gradient(to right, ${LEGEND_STEPS.map(colourOf).join(', ')})`,
          }}
        />
        {write(most)}
      </span>
      <span>{text('people.legend.root')}</span>
      <span className={styles.scale}>
        <i className={styles.sameKey} />
        {text('people.legend.same')}
      </span>
    </p>
  );
}

/** The ramp of a metric in the theme that is shown now. */
function useColour(metric: Metric): (strength: number) => string {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const name = metric === 'wait' ? 'duration' : 'frequency';
  const [colour, setColour] = useState(() => ramp(activityRamp(name)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens change with the scheme
  useLayoutEffect(() => setColour(() => ramp(activityRamp(name))), [name, scheme]);
  return colour;
}

function firstCell(cells: (Handover | null)[][]): [number, number] {
  for (const [row, line] of cells.entries()) {
    const column = line.findIndex((cell) => cell !== null);
    if (column >= 0) return [row, column];
  }
  return [0, 0];
}

const STEPS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The next cell that says something in the direction of a key. */
export function nextCell(
  cells: (Handover | null)[][],
  from: [number, number],
  key: string,
): [number, number] | null {
  const step = STEPS[key];
  if (!step) return null;
  let [row, column] = from;
  for (;;) {
    row += step[0];
    column += step[1];
    const cell = cells[row]?.[column];
    if (cell === undefined) return null;
    if (cell !== null) return [row, column];
  }
}
