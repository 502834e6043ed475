// How long cases take, and since when those are going on that have not ended.
import { Switch } from '@mantine/core';
import { useText } from '../../text/useText';
import type { DurationFilter } from '../filter';
import { given, TimeBounds } from './BoundsEditor';
import { EndsChoice } from './EndsChoice';
import { type EditorProps, fieldsOf } from './editor';

type Changed = {
  [Field in 'min_s' | 'max_s' | 'ends' | 'open']?: DurationFilter[Field] | undefined;
};

export function DurationEditor({ draft, selection, onDraft }: EditorProps) {
  const text = useText();
  const { min_s, max_s, ends, open } = fieldsOf<DurationFilter>(draft);
  const change = (changed: Changed) => {
    const next = { min_s, max_s, ends, open, ...changed };
    const hasEnds = (next.ends?.length ?? 0) > 0;
    onDraft(
      given({
        min_s: next.min_s,
        max_s: next.max_s,
        ends: hasEnds ? next.ends : undefined,
        open: (hasEnds && next.open) || undefined,
      }),
    );
  };
  return (
    <>
      <TimeBounds
        min={min_s}
        max={max_s}
        onBounds={(min, max) => change({ min_s: min, max_s: max })}
      />
      <EndsChoice
        selection={selection}
        ends={ends ?? []}
        onEnds={(next) => change({ ends: next })}
      />
      {(ends?.length ?? 0) > 0 && (
        <Switch
          label={text('filters.editor.open')}
          checked={open ?? false}
          onChange={(event) => change({ open: event.currentTarget.checked })}
        />
      )}
    </>
  );
}
