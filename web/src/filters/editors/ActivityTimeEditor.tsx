// How long an activity takes itself, or how long is waited for what follows it.
import { MultiSelect, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerQuery } from '../../api/filters';
import { useText } from '../../text/useText';
import type { ActivityTimeFilter } from '../filter';
import { Asked } from './Asked';
import { given, TimeBounds } from './BoundsEditor';
import { type EditorProps, fieldsOf } from './editor';

export function ActivityTimeEditor({ draft, selection, onDraft }: EditorProps) {
  const text = useText();
  const { version, filters } = selection;
  const query = useQuery(answerQuery(version.id, filters, 'activities'));
  const fields = fieldsOf<ActivityTimeFilter>(draft);
  const { activities: chosen = [], measure = 'wait', min_s, max_s } = fields;
  type Changed = { [Field in keyof ActivityTimeFilter]?: ActivityTimeFilter[Field] | undefined };
  const change = (changed: Changed) => onDraft(given({ ...fields, measure, ...changed }));
  return (
    <Asked query={query}>
      {({ activities }) => (
        <>
          <MultiSelect
            searchable
            limit={200}
            label={text('filters.editor.activities')}
            data={[...new Set([...activities.map(({ activity }) => activity), ...chosen])]}
            value={chosen}
            onChange={(next) => change({ activities: next })}
          />
          <SegmentedControl
            aria-label={text('filters.editor.measure')}
            value={measure}
            onChange={(value) => change({ measure: value as ActivityTimeFilter['measure'] })}
            data={(['wait', 'work'] as const).map((value) => ({
              value,
              label: text(`filters.editor.measure.${value}`),
            }))}
          />
          <TimeBounds
            of={text(`filters.editor.time.${measure}`)}
            min={min_s}
            max={max_s}
            onBounds={(min, max) => change({ min_s: min, max_s: max })}
          />
        </>
      )}
    </Asked>
  );
}
