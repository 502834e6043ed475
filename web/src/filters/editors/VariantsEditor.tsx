// Variants of the selection, the most frequent first.
import { useQuery } from '@tanstack/react-query';
import { answerQuery } from '../../api/filters';
import { useText } from '../../text/useText';
import type { VariantFilter } from '../filter';
import { Asked } from './Asked';
import { type EditorProps, fieldsOf } from './editor';
import { ValueList, withChosen } from './ValueList';

const VARIANTS_LISTED = 100;

export function VariantsEditor({ draft, selection, onDraft }: EditorProps) {
  const text = useText();
  const { version, filters } = selection;
  const params = { limit: VARIANTS_LISTED };
  const query = useQuery(answerQuery(version.id, filters, 'variants', params));
  const { ids = [] } = fieldsOf<VariantFilter>(draft);
  return (
    <Asked query={query}>
      {({ variants }) => (
        <ValueList
          label={text('filters.editor.variants')}
          choices={withChosen(
            variants.map(({ variant, activities, cases }) => ({
              value: variant,
              name: activities?.join(' → ') ?? variant,
              count: cases,
            })),
            ids,
            String,
          )}
          chosen={ids}
          onChosen={(next) => onDraft({ ...draft, ids: next })}
        />
      )}
    </Asked>
  );
}
