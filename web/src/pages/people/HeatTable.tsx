// A table of colours: names to the left and above, a figure in each cell, walked by arrow keys.
import { useComputedColorScheme } from '@mantine/core';
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { inkOn, ramp } from '../../pictures/process-map/colour';
import { activityRamp, type RampName } from '../../style/ramps';
import { useText } from '../../text/useText';
import parts from '../explore/Parts.module.css';
import styles from './People.module.css';

interface HeatName {
  key: string;
  name: string;
  /** Somebody unknown, or a sum: not one among others. */
  isMuted?: boolean;
}

export interface HeatCell {
  /** What stands in the cell. */
  words: string;
  /** From 0 to 1; without a colour where missing. */
  strength: number | null;
  /** The whole cell in words. */
  label: string;
  isMarked?: boolean;
}

export type Place = [row: number, column: number];

interface HeatTableProps {
  /** How the table is read and walked. */
  caption: string;
  /** What stands to the left, and what above. */
  corner: { left: string; above: string };
  rows: HeatName[];
  columns: HeatName[];
  /** Nothing where there is nothing to say. */
  cells: (HeatCell | null)[][];
  chosen: Place | null;
  onChoose: (place: Place) => void;
  ramp: RampName;
  /** Figures take more room than counts. */
  isWide?: boolean;
  /** The names above are short enough to stand upright. */
  isShort?: boolean;
}

export function HeatTable(props: HeatTableProps) {
  const { caption, corner, rows, columns, cells, chosen, onChoose } = props;
  const colourOf = useColour(props.ramp);
  const frame = useRef<HTMLTableElement>(null);
  const first = useMemo(() => firstCell(cells), [cells]);
  const [at, setAt] = useState<Place | null>(null);
  const [atRow, atColumn] = at && cells[at[0]]?.[at[1]] ? at : first;
  const walk = (from: Place, event: KeyboardEvent) => {
    const next = nextCell(cells, from, event.key);
    if (!next) return;
    event.preventDefault();
    setAt(next);
    frame.current?.querySelector<HTMLButtonElement>(`[data-cell="${next[0]}-${next[1]}"]`)?.focus();
  };
  return (
    <div className={styles.scroll}>
      <table
        ref={frame}
        className={styles.matrix}
        data-wide={props.isWide || undefined}
        data-short={props.isShort || undefined}
      >
        <caption className="only-read-aloud">{caption}</caption>
        <thead>
          <tr>
            <td className={styles.corner}>
              <span>{corner.above}</span>
              <span>{corner.left}</span>
            </td>
            {columns.map(({ key, name, isMuted }) => (
              <th key={key} scope="col" title={name}>
                <span data-unknown={isMuted || undefined}>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((line, row) => (
            <tr key={line.key}>
              <th scope="row" title={line.name} data-unknown={line.isMuted || undefined}>
                {line.name}
              </th>
              {columns.map(({ key }, column) => {
                const cell = cells[row]?.[column];
                if (!cell) return <td key={key} />;
                const colour = cell.strength === null ? null : colourOf(cell.strength);
                return (
                  <td key={key} data-same={cell.isMarked || undefined}>
                    <button
                      type="button"
                      data-cell={`${row}-${column}`}
                      tabIndex={row === atRow && column === atColumn ? 0 : -1}
                      aria-pressed={chosen?.[0] === row && chosen[1] === column}
                      aria-label={cell.label}
                      style={colour ? { background: colour, color: inkOn(colour) } : undefined}
                      onFocus={() => setAt([row, column])}
                      onKeyDown={(event) => walk([row, column], event)}
                      onClick={() => onChoose([row, column])}
                    >
                      {cell.words}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeatLegendProps {
  ramp: RampName;
  least: string;
  most: string;
  /** What a cell with a dashed border and without a colour means. */
  marked?: string;
  /** What a cell without either means. */
  unmarked?: string | undefined;
}

const LEGEND_STEPS = [0, 0.25, 0.5, 0.75, 1];

export function HeatLegend({ ramp: name, least, most, marked, unmarked }: HeatLegendProps) {
  const text = useText();
  const colourOf = useColour(name);
  const steps = LEGEND_STEPS.map(colourOf).join(', ');
  return (
    <p className={parts.legend}>
      <span className={styles.scale}>
        {least}
        <i style={{ background: `linear-gradient(to right, ${steps})` }} />
        {most}
      </span>
      <span>{text('people.legend.root')}</span>
      {marked && (
        <span className={styles.scale}>
          <i className={styles.sameKey} />
          {marked}
        </span>
      )}
      {unmarked && <span>{unmarked}</span>}
    </p>
  );
}

/** The ramp of a metric in the theme that is shown now. */
function useColour(name: RampName): (strength: number) => string {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const [colour, setColour] = useState(() => ramp(activityRamp(name)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens change with the scheme
  useLayoutEffect(() => setColour(() => ramp(activityRamp(name))), [name, scheme]);
  return colour;
}

function firstCell(cells: unknown[][]): Place {
  for (const [row, line] of cells.entries()) {
    const column = line.findIndex((cell) => cell !== null && cell !== undefined);
    if (column >= 0) return [row, column];
  }
  return [0, 0];
}

const STEPS: Record<string, Place> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The next cell that says something in the direction of a key. */
export function nextCell(cells: unknown[][], from: Place, key: string): Place | null {
  const step = STEPS[key];
  if (!step) return null;
  let [row, column] = from;
  for (;;) {
    row += step[0];
    column += step[1];
    const cell = cells[row]?.[column];
    if (cell === undefined) return null;
    if (cell !== null && cell !== undefined) return [row, column];
  }
}
