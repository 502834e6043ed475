// The rows of a table that is too long for all of them to be in the page: those that are seen.
import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode, RefObject } from 'react';

interface LongRowsProps {
  scroll: RefObject<HTMLElement | null>;
  count: number;
  line: (index: number) => ReactNode;
}

const ROW_HEIGHT = 36;

export function LongRows({ scroll, count, line }: LongRowsProps) {
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <>
      {before > 0 && <tr aria-hidden style={{ height: before }} />}
      {items.map(({ index }) => line(index))}
      {after > 0 && <tr aria-hidden style={{ height: after }} />}
    </>
  );
}
