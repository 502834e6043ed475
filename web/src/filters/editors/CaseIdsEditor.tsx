// Cases by their ids, such as from a list that somebody was sent.
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../text/useText';
import type { CaseIdFilter } from '../filter';
import { type EditorProps, fieldsOf } from './editor';

export function CaseIdsEditor({ draft, onDraft }: EditorProps) {
  const text = useText();
  const { ids = [] } = fieldsOf<CaseIdFilter>(draft);
  const [typed, setTyped] = useState(ids.join('\n'));
  return (
    <Textarea
      label={text('filters.editor.ids')}
      rows={8}
      value={typed}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setTyped(next);
        const lines = next.split('\n').map((line) => line.trim());
        onDraft({ ids: [...new Set(lines.filter((line) => line !== ''))] });
      }}
    />
  );
}
