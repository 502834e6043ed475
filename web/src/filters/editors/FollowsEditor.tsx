// One activity after another, if wanted within a time; and one that comes several times.
import { MultiSelect, NativeSelect, NumberInput, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerQuery } from '../../api/filters';
import { useText } from '../../text/useText';
import type { FollowsFilter, RepeatsFilter } from '../filter';
import { Asked } from './Asked';
import { given, TimeBounds } from './BoundsEditor';
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
            <TimeBounds
              min={after_s}
              max={within_s}
              onBounds={(min, max) => change({ after_s: min, within_s: max })}
            />
          </>
        );
      }}
    </Asked>
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
