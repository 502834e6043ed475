// What was looked at, above a page on paper.
import type { Looked } from './looked';
import { PrintedHead } from './PrintedHead';
import { useCaption } from './useCaption';

export function PrintedCaption({ log, ...looked }: Looked) {
  const [first, ...others] = useCaption(looked);
  return <PrintedHead lines={[`${log.name} · ${first}`, ...others]} />;
}
