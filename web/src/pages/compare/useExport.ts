// The maps and the tables as files, and a link that shows the same.
import { notifications } from '@mantine/notifications';
import { useRouter } from '@tanstack/react-router';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { useSideNames } from './CompareView';
import type { ExportOf } from './exportCompared';
import type { ExportKind } from './StageHead';
import type { Sides } from './sides';

export function useExport(
  of: Omit<ExportOf, 'names'> & { sides: Sides },
): (kind: ExportKind) => void {
  const text = useText();
  const format = useFormats();
  const router = useRouter();
  const names = useSideNames(of.sides, of.version);
  const act = async (kind: ExportKind) => {
    const { exportCompared } = await import('./exportCompared');
    const href = router.state.location.href;
    await exportCompared(kind, { ...of, names }, href, { text, format });
    if (kind === 'link') notifications.show({ message: text('map.export.linked') });
  };
  return (kind) =>
    void act(kind).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      notifications.show({ color: 'red', message: text('map.export.failed', { reason }) });
    });
}
