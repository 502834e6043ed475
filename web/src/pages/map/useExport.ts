// The picture and the table as files, and a link that shows the same.
import { notifications } from '@mantine/notifications';
import { useRouter } from '@tanstack/react-router';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import type { ExportOf } from './exportMap';
import type { ExportKind } from './StageTools';

export function useExport(of: ExportOf): (kind: ExportKind) => void {
  const text = useText();
  const format = useFormats();
  const router = useRouter();
  const act = async (kind: ExportKind) => {
    const { exportMap } = await import('./exportMap');
    await exportMap(kind, of, router.state.location.href, { text, format });
    if (kind === 'link') notifications.show({ message: text('map.export.linked') });
  };
  return (kind) =>
    void act(kind).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      notifications.show({ color: 'red', message: text('map.export.failed', { reason }) });
    });
}
