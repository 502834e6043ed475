// How long cases take, and since when those are going on that have not ended.
import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerQuery } from '../../api/filters';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import type { DurationFilter } from '../filter';
import { BoundsBrush } from './BoundsBrush';
import { given, numberOf, TimeBounds } from './BoundsEditor';
import { EndsChoice } from './EndsChoice';
import { type EditorProps, fieldsOf } from './editor';

/** Most bars of the histogram of durations. */
const BARS_MAX = 60;

type Changed = {
  [Field in 'min_s' | 'max_s' | 'ends' | 'open']?: DurationFilter[Field] | undefined;
};

export function DurationEditor({ draft, selection, onDraft }: EditorProps) {
  const text = useText();
  const format = useFormats();
  const { min_s, max_s, ends, open } = fieldsOf<DurationFilter>(draft);
  const { version, filters } = selection;
  const params = ends?.length ? { bins: BARS_MAX, ends } : { bins: BARS_MAX };
  // How long the open cases have been going on is no duration of a case: they have no histogram.
  const { data } = useQuery({
    ...answerQuery(version.id, filters, 'throughput', params),
    enabled: !open,
  });
  const [drawn, setDrawn] = useState(0);
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
      {data && !open && (
        <BoundsBrush
          counts="cases"
          bins={data.histogram.map(({ from_s, to_s, cases }) => ({
            from: from_s,
            to: to_s,
            count: cases,
          }))}
          bounds={{ from: numberOf(min_s), to: numberOf(max_s) }}
          write={format.duration}
          onBounds={({ from, to }) => {
            setDrawn(drawn + 1);
            change({ min_s: from, max_s: to });
          }}
        />
      )}
      {/* Drawn bounds are shown in the unit that suits them. */}
      <TimeBounds
        key={drawn}
        of={text('filters.editor.time.case')}
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
