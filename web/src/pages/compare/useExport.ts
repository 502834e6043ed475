// The maps and the tables as files, and a link that shows the same.
import { useRouter } from '@tanstack/react-router';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { type ExportKind, useHandOver } from '../log/useHandOver';
import { useSideNames } from './CompareView';
import type { ExportOf } from './exportCompared';
import type { Sides } from './sides';

export function useExport(
  of: Omit<ExportOf, 'names'> & { sides: Sides },
): (kind: ExportKind) => void {
  const text = useText();
  const format = useFormats();
  const router = useRouter();
  const names = useSideNames(of.sides, of.version);
  return useHandOver(async (kind) => {
    const { exportCompared } = await import('./exportCompared');
    const href = router.state.location.href;
    await exportCompared(kind, { ...of, names }, href, { text, format });
  });
}
