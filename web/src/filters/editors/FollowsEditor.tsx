// One activity after another, if wanted within a time; and one that comes several times.
import { MultiSelect, NativeSelect, NumberInput, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerQuery } from '../../api/filters';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import styles from '../Builder.module.css';
import type { FollowsFilter, RepeatsFilter } from '../filter';
import { Asked } from './Asked';
import { BoundsBrush } from './BoundsBrush';
import { given, numberOf, TimeBounds } from './BoundsEditor';
import { binsOf } from './distribution';
import { type EditorProps, fieldsOf, type Selection } from './editor';

function useActivities({ version, filters }: Selection) {
  return useQuery(answerQuery(version.id, filters, 'activities'));
}

export function FollowsEditor({ draft, selection, onDraft }: EditorProps) {
  const text = useText();
  const query = useActivities(selection);
  const fields = fieldsOf<FollowsFilter>(draft);
  const { from = [], to = [], mode = 'eventually', after_s, within_s } = fields;
  const change = (changed: Partial<FollowsFilter>) =>
    onDraft(given({ ...fields, mode, ...changed }));
  return (
    <Asked query={query}>
      {({ activities }) => {
        const names = [...new Set([...activities.map(({ activity }) => activity), ...from, ...to])];
        const field = { data: names, searchable: true, limit: 200 };
        return (
          <>
            <MultiSelect
              {...field}
              label={text('filters.editor.followed')}
              value={from}
              onChange={(next) => change({ from: next })}
            />
            <SegmentedControl
              aria-label={text('filters.editor.mode')}
              value={mode}
              onChange={(value) => change({ mode: value as FollowsFilter['mode'] })}
              data={(['directly', 'eventually'] as const).map((value) => ({
                value,
                label: text(`filters.editor.mode.${value}`),
              }))}
            />
            <MultiSelect
              {...field}
              label={text('filters.editor.following')}
              value={to}
              onChange={(next) => change({ to: next })}
            />
            <TimesBetween
              {...{ from, to, mode, after_s, within_s, selection }}
              auxiliary={fields.auxiliary}
              onBounds={(min, max) => change({ after_s: min, within_s: max })}
            />
          </>
        );
      }}
    </Asked>
  );
}

interface TimesBetweenProps extends Partial<FollowsFilter> {
  from: string[];
  to: string[];
  mode: FollowsFilter['mode'];
  selection: Selection;
  onBounds: (min: number | undefined, max: number | undefined) => void;
}

/** The time between the two, with how soon the one follows the other in the selection. */
function TimesBetween(props: TimesBetweenProps) {
  const { from, to, mode, auxiliary, after_s, within_s, selection, onBounds } = props;
  const text = useText();
  const format = useFormats();
  const [drawn, setDrawn] = useState(0);
  const { version, filters } = selection;
  const follows = { from, to, mode, ...(auxiliary === undefined ? {} : { auxiliary }) };
  const { data } = useQuery({
    ...answerQuery(version.id, filters, 'distribution', { follows, bins: 60 }),
    enabled: from.length > 0 && to.length > 0,
  });
  return (
    <>
      {data && (
        <>
          <p className={styles.note}>
            {text('filters.editor.follows.cases', { count: data.counted, cases: data.cases })}
          </p>
          <BoundsBrush
            counts="cases"
            bins={binsOf(data)}
            bounds={{ from: numberOf(after_s), to: numberOf(within_s) }}
            write={format.duration}
            onBounds={(bounds) => {
              setDrawn(drawn + 1);
              onBounds(bounds.from, bounds.to);
            }}
          />
        </>
      )}
      {/* Drawn bounds are shown in the unit that suits them. */}
      <TimeBounds
        of={text('filters.editor.time.between')}
        key={drawn}
        min={after_s}
        max={within_s}
        onBounds={onBounds}
      />
    </>
  );
}

export function RepeatsEditor({ draft, selection, onDraft }: EditorProps) {
  const text = useText();
  const query = useActivities(selection);
  const { activity, at_least: atLeast } = fieldsOf<RepeatsFilter>(draft);
  return (
    <Asked query={query}>
      {({ activities }) => (
        <>
          <NativeSelect
            label={text('filters.editor.activity')}
            value={activity ?? ''}
            onChange={(event) =>
              onDraft(given({ ...draft, activity: event.currentTarget.value || undefined }))
            }
            data={[
              { value: '', label: text('filters.editor.activity.any') },
              ...activities.map((row) => ({ value: row.activity, label: row.activity })),
            ]}
          />
          <NumberInput
            label={text('filters.editor.count')}
            min={1}
            allowDecimal={false}
            value={atLeast ?? 2}
            onChange={(value) =>
              onDraft(given({ ...draft, at_least: value === '' ? undefined : Number(value) }))
            }
          />
        </>
      )}
    </Asked>
  );
}
