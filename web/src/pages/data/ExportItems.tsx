// The menu items that download a version; a format that leaves something out says so first.
import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import {
  EXPORT_FORMATS,
  type ExportFormat,
  exportAddress,
  exportLossesQuery,
  type FormatLosses,
} from '../../api/logs';
import type { TextKey } from '../../text/messages';
import { useText } from '../../text/useText';

interface Props {
  log: number;
  version: number;
  /** Called with what the chosen format leaves out, in place of a download. */
  onLossy: (losses: FormatLosses) => void;
}

/** It asks when the menu opens; until the answer is there, a format is downloaded at once. */
export function ExportItems({ log, version, onLossy }: Props) {
  const { data: formats } = useQuery(exportLossesQuery(log, version));
  return EXPORT_FORMATS.map((format) => {
    const losses = formats?.find((one) => one.format === format && one.losses.length > 0);
    return losses ? (
      <LossyItem key={format} losses={losses} onLossy={onLossy} />
    ) : (
      <WholeItem key={format} format={format} address={exportAddress(log, version, format)} />
    );
  });
}

function WholeItem({ format, address }: { format: ExportFormat; address: string }) {
  const text = useText();
  return (
    <Menu.Item
      component="a"
      href={address}
      download
      leftSection={<Download size={16} aria-hidden />}
    >
      {text(`data.export.${format}` as TextKey)}
    </Menu.Item>
  );
}

function LossyItem({ losses, onLossy }: Pick<Props, 'onLossy'> & { losses: FormatLosses }) {
  const text = useText();
  const name = text(`data.export.${losses.format}` as TextKey);
  return (
    <Menu.Item
      leftSection={<Download size={16} aria-hidden />}
      aria-haspopup="dialog"
      onClick={() => onLossy(losses)}
    >
      {text('data.export.lossy', { format: name })}
    </Menu.Item>
  );
}
