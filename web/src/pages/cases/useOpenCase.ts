// The case that is open, its place in the table, and the way to the one before and after it.
import { useCallback, useEffect, useState } from 'react';
import type { CaseRows } from './useCaseRows';

interface OpenCase {
  /** Its place in the table, from 0; `null` while the table does not show it. */
  place: number | null;
  /** The case at a place of the table has been opened by hand. */
  note: (id: string, place: number) => void;
  /** Opens the case at a place of the table. */
  go: (place: number) => void;
}

interface Known {
  id: string;
  place: number;
}

export function useOpenCase(
  id: string | undefined,
  rows: CaseRows,
  onOpen: (id: string, place: number) => void,
): OpenCase {
  const [known, setKnown] = useState<Known | null>(null);
  const { readRow, rowAt, count, isOld } = rows;
  const isKnown = known !== null && known.id === id && isAt(known);
  // A place stays true while the rows around it are not in the page.
  function isAt({ place, id: wanted }: Known): boolean {
    const row = rowAt(place);
    return row === undefined || row.case === wanted;
  }
  const found = id === undefined || isKnown || isOld ? null : rows.placeOf(id);
  useEffect(() => {
    if (id !== undefined && found !== null) setKnown({ id, place: found });
  }, [id, found]);
  const go = useCallback(
    (place: number) => {
      if (place < 0 || place >= count) return;
      void readRow(place).then((row) => {
        if (!row) return;
        setKnown({ id: row.case, place });
        onOpen(row.case, place);
      });
    },
    [readRow, count, onOpen],
  );
  const note = useCallback((opened: string, place: number) => setKnown({ id: opened, place }), []);
  return { place: isKnown ? known.place : found, note, go };
}
