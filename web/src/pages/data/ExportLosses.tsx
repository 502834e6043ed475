// What a format leaves out of a version, before it is downloaded.
import { Button, Group, List, Text } from '@mantine/core';
import { exportAddress, type FormatLosses } from '../../api/logs';
import { Dialog } from '../../shell/Dialog';
import type { TextKey } from '../../text/messages';
import { useText } from '../../text/useText';

interface Props {
  log: number;
  version: number;
  chosen: FormatLosses;
  onClose: () => void;
}

export function ExportLosses({ log, version, chosen, onClose }: Props) {
  const text = useText();
  const { format, losses } = chosen;
  const name = text(`data.export.${format}` as TextKey);
  return (
    <Dialog onClose={onClose} title={text('data.export.losses', { format: name })}>
      <Text size="sm" mb="sm">
        {text('data.export.losses.detail')}
      </Text>
      <List size="sm" spacing="xs">
        {losses.map((loss) => (
          <List.Item key={loss}>{loss}</List.Item>
        ))}
      </List>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {text('action.cancel')}
        </Button>
        <Button
          component="a"
          href={exportAddress(log, version, format)}
          download
          onClick={onClose}
          data-autofocus
        >
          {text('data.export.download', { format: name })}
        </Button>
      </Group>
    </Dialog>
  );
}
