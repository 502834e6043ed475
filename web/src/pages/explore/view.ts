// What every page about a log is given: the log, its version, and the state of its address.
import type { OpenedLog } from '../log/OpenLog';

export interface LogViewProps<Search> extends OpenedLog {
  search: Search;
  /** Changes the address; `replace` leaves no step for the back button. */
  onSearch: (change: Partial<Search>, how?: { replace?: boolean }) => void;
}

/** Turns the pictures of a page into tables and back: the address says which. */
export function twinsOf<Twin extends string>(
  tables: Twin[] | undefined,
  onSearch: LogViewProps<{ tables?: Twin[] | undefined }>['onSearch'],
) {
  return (twin: Twin) => ({
    isTable: tables?.includes(twin) ?? false,
    onTable: (on: boolean) => {
      const others = (tables ?? []).filter((one) => one !== twin);
      const next = on ? [...others, twin] : others;
      onSearch({ tables: next.length > 0 ? next : undefined }, { replace: true });
    },
  });
}
