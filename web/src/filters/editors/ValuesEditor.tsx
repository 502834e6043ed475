// Values of an attribute, with how many cases or events of the selection have each.
import { useQuery } from '@tanstack/react-query';
import { type AttributeValues, answerQuery } from '../../api/filters';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import type { AttributeValue, ValueFilter } from '../filter';
import { valueName } from '../says';
import { Asked } from './Asked';
import { AttributeChoice } from './AttributeChoice';
import { type EditorProps, fieldsOf, type Selection } from './editor';
import { ValueList, withChosen } from './ValueList';

const VALUES_LISTED = 500;

export function ValuesEditor({ kind, draft, selection, onDraft }: EditorProps) {
  const { attribute, level, values = [] } = fieldsOf<ValueFilter>(draft);
  return (
    <AttributeChoice
      {...{ kind, selection }}
      types={['text', 'boolean', 'integer', 'decimal']}
      place={{ attribute, level }}
      onPlace={(place) => onDraft(place)}
    >
      {(chosen) => (
        <Values
          key={`${chosen.level} ${chosen.name}`}
          attribute={chosen}
          selection={selection}
          values={values}
          onValues={(next) => onDraft({ ...draft, values: next })}
        />
      )}
    </AttributeChoice>
  );
}

interface ValuesProps {
  attribute: Pick<AttributeValues, 'name' | 'level'>;
  selection: Selection;
  values: AttributeValue[];
  onValues: (values: AttributeValue[]) => void;
}

function Values({ attribute, selection, values, onValues }: ValuesProps) {
  const text = useText();
  const format = useFormats();
  const params = { attributes: [attribute.name], limit: VALUES_LISTED };
  const query = useQuery(
    answerQuery(selection.version.id, selection.filters, 'attributes', params),
  );
  const nameOf = (value: AttributeValue) => valueName(value, text, format);
  return (
    <Asked query={query}>
      {({ attributes }) => {
        const found = attributes.find(({ level }) => level === attribute.level);
        const listed = (found?.values ?? []).map(({ value, count }) => ({
          value: value as AttributeValue,
          name: nameOf(value as AttributeValue),
          count,
        }));
        const blanks = found?.blanks ?? 0;
        const all =
          blanks > 0 ? [...listed, { value: null, name: nameOf(null), count: blanks }] : listed;
        return (
          <ValueList
            label={text('filters.editor.values')}
            choices={withChosen(all, values, nameOf)}
            chosen={values}
            onChosen={onValues}
          />
        );
      }}
    </Asked>
  );
}
