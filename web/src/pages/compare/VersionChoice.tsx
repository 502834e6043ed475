// Of which version of the log a side is: loaded where there are several.
import { NativeSelect } from '@mantine/core';
import type { Version } from '../../api/types';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';

interface VersionChoiceProps {
  /** The name of the side. */
  side: string;
  versions: Version[];
  version: number;
  onVersion: (version: number) => void;
}

export function VersionChoice({ side, versions, version, onVersion }: VersionChoiceProps) {
  const text = useText();
  const format = useFormats();
  return (
    <NativeSelect
      size="xs"
      aria-label={text('compare.version', { side })}
      value={String(version)}
      onChange={(event) => onVersion(Number(event.currentTarget.value))}
      data={versions.map((one) => ({
        value: String(one.number),
        label: text('compare.version.of', {
          number: String(one.number),
          date: format.date(one.created_at),
        }),
        disabled: one.damaged !== null && one.damaged !== undefined,
      }))}
    />
  );
}
