// Which activities end a case: its last event does while none is chosen.
import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerQuery } from '../../api/filters';
import { useText } from '../../text/useText';
import { Asked } from './Asked';
import type { Selection } from './editor';

interface EndsChoiceProps {
  selection: Selection;
  ends: string[];
  onEnds: (ends: string[]) => void;
}

export function EndsChoice({ selection, ends, onEnds }: EndsChoiceProps) {
  const text = useText();
  const { version, filters } = selection;
  const query = useQuery(answerQuery(version.id, filters, 'activities'));
  return (
    <Asked query={query}>
      {({ activities }) => (
        <MultiSelect
          label={text('filters.editor.ends')}
          placeholder={ends.length === 0 ? text('filters.editor.ends.last') : ''}
          data={[...new Set([...activities.map(({ activity }) => activity), ...ends])]}
          value={ends}
          onChange={onEnds}
          searchable
          limit={200}
        />
      )}
    </Asked>
  );
}
