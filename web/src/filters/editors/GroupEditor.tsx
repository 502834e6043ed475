// Activities that are shown as one, or one that is shown under another name.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../text/useText';
import type { EventActivityFilter, GroupFilter } from '../filter';
import { ActivitiesEditor } from './ActivitiesEditor';
import { type EditorProps, fieldsOf } from './editor';

/** One group is made here; further ones of a filter from an address stay as they are. */
export function GroupEditor({ draft, onDraft, ...props }: EditorProps) {
  const text = useText();
  const [[first, ...others]] = useState(() =>
    Object.entries(fieldsOf<GroupFilter>(draft).groups ?? {}),
  );
  const [[name, members], setGroup] = useState<[string, string[]]>(first ?? ['', []]);
  const change = (group: [string, string[]]) => {
    setGroup(group);
    onDraft({ groups: Object.fromEntries([group, ...others]) });
  };
  return (
    <>
      <TextInput
        label={text('filters.editor.group')}
        value={name}
        onChange={(event) => change([event.currentTarget.value, members])}
      />
      <ActivitiesEditor
        {...props}
        draft={{ activities: members }}
        onDraft={(next) => change([name, fieldsOf<EventActivityFilter>(next).activities ?? []])}
      />
    </>
  );
}
