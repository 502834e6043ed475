// The columns that somebody chose for a log, kept by this browser.
import { useState } from 'react';
import { rememberColumns, rememberedColumns } from './columns';
import type { Column } from './search';

export function useRememberedColumns(
  log: number,
): [columns: Column[] | null, remember: (columns: Column[] | null) => void] {
  const [columns, setColumns] = useState(() => rememberedColumns(log));
  return [
    columns,
    (next) => {
      setColumns(next);
      rememberColumns(log, next);
    },
  ];
}
