// Files and links that take a moment to make: what went wrong is said.
import { notifications } from '@mantine/notifications';
import { useText } from '../../text/useText';

export type ExportKind = 'svg' | 'png' | 'csv' | 'link';

/** Wraps what hands over a file or puts a link into the clipboard. */
export function useHandOver<Kind extends ExportKind>(
  act: (kind: Kind) => Promise<void>,
): (kind: Kind) => void {
  const text = useText();
  const said = async (kind: Kind) => {
    await act(kind);
    if (kind === 'link') notifications.show({ message: text('map.export.linked') });
  };
  return (kind) =>
    void said(kind).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      notifications.show({ color: 'red', message: text('map.export.failed', { reason }) });
    });
}
