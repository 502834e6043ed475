// The picture and the table as files, and a link that shows the same.
import { useRouter } from '@tanstack/react-router';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { type ExportKind, useHandOver } from '../log/useHandOver';
import type { ExportOf } from './exportMap';

export function useExport(of: ExportOf): (kind: ExportKind) => void {
  const text = useText();
  const format = useFormats();
  const router = useRouter();
  return useHandOver(async (kind) => {
    const { exportMap } = await import('./exportMap');
    await exportMap(kind, of, router.state.location.href, { text, format });
  });
}
