// Who hands work over to whom: names from those who take part in the cases of the selection.
import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerQuery } from '../../api/filters';
import { schemaQuery } from '../../api/logs';
import { useText } from '../../text/useText';
import styles from '../Builder.module.css';
import type { AttributeValue, HandoverFilter } from '../filter';
import { Asked } from './Asked';
import { AttributeChoice } from './AttributeChoice';
import { given } from './BoundsEditor';
import { type EditorProps, fieldsOf, type Selection } from './editor';

export function HandoverEditor({ kind, draft, selection, onDraft }: EditorProps) {
  const fields = fieldsOf<HandoverFilter>(draft);
  const schema = useQuery(schemaQuery(selection.log, selection.version.number));
  const attribute = fields.attribute ?? schema.data?.resource ?? undefined;
  return (
    <AttributeChoice
      {...{ kind, selection }}
      types={['text']}
      place={{ attribute, level: 'event' }}
      onPlace={(place) => onDraft(given({ attribute: place.attribute }))}
    >
      {(chosen) => (
        <People
          key={chosen.name}
          attribute={chosen.name}
          selection={selection}
          fields={fields}
          onPeople={(people) => onDraft(given({ ...draft, attribute: chosen.name, ...people }))}
        />
      )}
    </AttributeChoice>
  );
}

interface PeopleProps {
  attribute: string;
  selection: Selection;
  fields: Partial<HandoverFilter>;
  onPeople: (people: {
    from: AttributeValue[] | undefined;
    to: AttributeValue[] | undefined;
  }) => void;
}

/** Names cannot be empty: the empty one stands for somebody unknown. */
const UNKNOWN = '';

function People({ attribute, selection, fields, onPeople }: PeopleProps) {
  const text = useText();
  const { version, filters } = selection;
  const query = useQuery(answerQuery(version.id, filters, 'handovers', { attribute, limit: 1000 }));
  const { from, to } = fields;
  return (
    <Asked query={query}>
      {({ resources }) => {
        const known = resources.map(({ resource }) => keyOf(resource ?? null));
        const all = new Set([...known, ...(from ?? []).map(keyOf), ...(to ?? []).map(keyOf)]);
        const data = [...all].map((value) => ({
          value,
          label: value === UNKNOWN ? text('filters.unknown') : value,
        }));
        const field = { data, searchable: true, limit: 200 };
        return (
          <>
            <MultiSelect
              {...field}
              label={text('filters.editor.handover.from')}
              value={(from ?? []).map(keyOf)}
              onChange={(next) => onPeople({ from: namesOf(next), to: to ?? undefined })}
            />
            <MultiSelect
              {...field}
              label={text('filters.editor.handover.to')}
              value={(to ?? []).map(keyOf)}
              onChange={(next) => onPeople({ from: from ?? undefined, to: namesOf(next) })}
            />
            <p className={styles.note}>{text('filters.editor.handover.anybody')}</p>
          </>
        );
      }}
    </Asked>
  );
}

function keyOf(name: AttributeValue): string {
  return name === null ? UNKNOWN : String(name);
}

/** Nobody chosen is anybody. */
function namesOf(keys: string[]): AttributeValue[] | undefined {
  return keys.length === 0 ? undefined : keys.map((key) => (key === UNKNOWN ? null : key));
}
