// What stands there until the first rows are known.
import { Skeleton } from '@mantine/core';
import view from './View.module.css';

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

export function WaitingRows({ words }: { words?: string }) {
  return (
    <div className={view.rows}>
      {ROWS.map((row) => (
        <Skeleton key={row} height={26} />
      ))}
      {words && <p className={view.hint}>{words}</p>}
    </div>
  );
}
