// The histogram of what the selection holds, beside the fields for bounds.
import { Brush } from '../../pictures/chart/Brush';
import type { Bin, Bounds } from '../../pictures/chart/bounds';
import { useText } from '../../text/useText';

interface BoundsBrushProps {
  bins: Bin[];
  bounds: Bounds;
  /** How a place on it is written. */
  write: (value: number) => string;
  /** What its bars count. */
  counts: 'cases' | 'events';
  /** Whether there are whole numbers only: a bar ends with the one before its upper edge. */
  isWhole?: boolean;
  onBounds: (bounds: Bounds) => void;
}

export function BoundsBrush(props: BoundsBrushProps) {
  const { bins, bounds, write, counts, isWhole, onBounds } = props;
  const text = useText();
  const [first, last] = [bins[0], bins.at(-1)];
  if (!first || !last) return null;
  const most = bins.reduce((best, bin) => (bin.count > best.count ? bin : best));
  const lastOf = (bin: Bin) => (isWhole ? bin.to - 1 : bin.to);
  const said = (bin: Bin) =>
    isWhole && lastOf(bin) === bin.from
      ? text('filters.editor.bin.one', { at: write(bin.from), count: bin.count })
      : text(`filters.editor.bin.${counts}`, {
          from: write(bin.from),
          to: write(lastOf(bin)),
          count: bin.count,
        });
  return (
    <Brush
      bins={bins}
      bounds={bounds}
      onBounds={onBounds}
      words={{
        summary: text('filters.editor.histogram', {
          min: write(first.from),
          max: write(lastOf(last)),
          most: said(most),
        }),
        from: text('filters.editor.handle.from'),
        to: text('filters.editor.handle.to'),
        value: write,
        bin: said,
      }}
    />
  );
}
