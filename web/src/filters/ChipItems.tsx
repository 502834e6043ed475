// The items of the menu of a filter: moving it, joining it with others, taking a group apart.
import { Menu } from '@mantine/core';
import { ArrowLeft, ArrowRight, Plus, Split, Ungroup, X } from 'lucide-react';
import { useFormats } from '../format';
import { useText } from '../text/useText';
import type { ChipMenuProps } from './ChipMenu';
import { canJoin, joined, partsOf, split, takenOut, withoutPart } from './chips';
import { says } from './says';

const ICON_SIZE = 14;

export function ChipItems(props: ChipMenuProps & { mayJoin: boolean }) {
  const { chips, idx, mayJoin, onAlternative, onMove } = props;
  const text = useText();
  return (
    <>
      {idx > 0 && (
        <Menu.Item
          leftSection={<ArrowLeft size={ICON_SIZE} aria-hidden />}
          onClick={() => onMove(idx - 1)}
        >
          {text('filters.move.earlier')}
        </Menu.Item>
      )}
      {idx < chips.length - 1 && (
        <Menu.Item
          leftSection={<ArrowRight size={ICON_SIZE} aria-hidden />}
          onClick={() => onMove(idx + 1)}
        >
          {text('filters.move.later')}
        </Menu.Item>
      )}
      <Joining {...props} />
      {mayJoin && (
        <Menu.Item leftSection={<Plus size={ICON_SIZE} aria-hidden />} onClick={onAlternative}>
          {text('filters.part.add')}
        </Menu.Item>
      )}
      <Parts {...props} />
    </>
  );
}

/** Joining with another chip by "or". */
function Joining({ chips, idx, onChange }: ChipMenuProps) {
  const text = useText();
  const format = useFormats();
  return chips.map(
    ({ filter }, other) =>
      canJoin(chips, other, idx) && (
        // biome-ignore lint/suspicious/noArrayIndexKey: filters apply in their order
        <Menu.Item key={other} onClick={() => onChange(joined(chips, other, idx))}>
          {text('filters.group', { filter: says(filter, text, format) })}
        </Menu.Item>
      ),
  );
}

/** Taking a group apart, wholly or one part of it. */
function Parts({ chips, chip, idx, onChange }: ChipMenuProps) {
  const text = useText();
  const format = useFormats();
  const parts = partsOf(chip.filter);
  if (parts.length < 2) return null;
  return (
    <>
      <Menu.Item
        leftSection={<Split size={ICON_SIZE} aria-hidden />}
        onClick={() => onChange(split(chips, idx))}
      >
        {text('filters.split')}
      </Menu.Item>
      <Menu.Divider />
      {parts.map((part, at) => {
        const filter = says(part, text, format);
        return [
          <Menu.Item
            key={`out ${filter}`}
            leftSection={<Ungroup size={ICON_SIZE} aria-hidden />}
            onClick={() => onChange(takenOut(chips, idx, at))}
          >
            {text('filters.part.out', { filter })}
          </Menu.Item>,
          <Menu.Item
            key={`remove ${filter}`}
            leftSection={<X size={ICON_SIZE} aria-hidden />}
            onClick={() => onChange(withoutPart(chips, idx, at))}
          >
            {text('filters.part.remove', { filter })}
          </Menu.Item>,
        ];
      })}
    </>
  );
}
