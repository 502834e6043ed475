// Activities of a filter: those a case has, has not, begins or ends with, or whose events stay.
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerQuery } from '../../api/filters';
import { useText } from '../../text/useText';
import type { ActivityFilter } from '../filter';
import { Asked } from './Asked';
import { type EditorProps, fieldsOf } from './editor';
import { ValueList, withChosen } from './ValueList';

const COUNTS = {
  starts_with: 'start_cases',
  ends_with: 'end_cases',
  event_activity: 'events',
} as const;

export function ActivitiesEditor({ kind, draft, selection, onDraft }: EditorProps) {
  const text = useText();
  const { version, filters } = selection;
  const query = useQuery(answerQuery(version.id, filters, 'activities'));
  const { activities: chosen = [], mode = 'any' } = fieldsOf<ActivityFilter>(draft);
  const counted = kind in COUNTS ? COUNTS[kind as keyof typeof COUNTS] : 'cases';
  const hasMode = kind === 'activity_contains' || kind === 'activity_not_contains';
  return (
    <Asked query={query}>
      {({ activities }) => (
        <>
          <ValueList
            label={text('filters.editor.activities')}
            choices={withChosen(
              activities
                .map((row) => ({ value: row.activity, name: row.activity, count: row[counted] }))
                .filter(({ count }) => count > 0)
                .sort((a, b) => b.count - a.count),
              chosen,
              String,
            )}
            chosen={chosen}
            onChosen={(next) => onDraft({ ...draft, activities: next })}
          />
          {hasMode && chosen.length > 1 && (
            <SegmentedControl
              aria-label={text('filters.editor.mode')}
              value={mode}
              onChange={(value) => onDraft({ ...draft, mode: value as 'any' | 'all' })}
              data={(['any', 'all'] as const).map((value) => ({
                value,
                label: text(`filters.editor.mode.${value}`),
              }))}
            />
          )}
        </>
      )}
    </Asked>
  );
}
