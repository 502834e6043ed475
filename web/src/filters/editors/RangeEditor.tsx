// Bounds of a number in an attribute, with what the selection holds.
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type AttributeValues, answerQuery } from '../../api/filters';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import styles from '../Builder.module.css';
import type { RangeFilter } from '../filter';
import { Asked } from './Asked';
import { AttributeChoice } from './AttributeChoice';
import { BoundsBrush } from './BoundsBrush';
import { Bounds, given, numberOf, TimeBounds } from './BoundsEditor';
import { type EditorProps, fieldsOf, type Selection } from './editor';

export function RangeEditor({ kind, draft, selection, onDraft }: EditorProps) {
  const { attribute, level } = fieldsOf<RangeFilter>(draft);
  return (
    <AttributeChoice
      {...{ kind, selection }}
      types={['integer', 'decimal', 'money', 'duration']}
      place={{ attribute, level }}
      onPlace={(place) => onDraft(place)}
    >
      {(chosen) => (
        <Range
          key={`${chosen.level} ${chosen.name}`}
          attribute={chosen}
          selection={selection}
          range={fieldsOf<RangeFilter>(draft)}
          onRange={(range) => onDraft(given({ ...draft, ...range }))}
        />
      )}
    </AttributeChoice>
  );
}

interface RangeProps {
  attribute: Pick<AttributeValues, 'name' | 'level' | 'type'>;
  selection: Selection;
  range: Partial<RangeFilter>;
  onRange: (range: Partial<RangeFilter>) => void;
}

function Range({ attribute, selection, range, onRange }: RangeProps) {
  const text = useText();
  const format = useFormats();
  const params = { attributes: [attribute.name] };
  const query = useQuery(
    answerQuery(selection.version.id, selection.filters, 'attributes', params),
  );
  const bounds = {
    min: range.min,
    max: range.max,
    onBounds: (min?: number, max?: number) => onRange({ min, max }),
  };
  return (
    <Asked query={query}>
      {({ attributes }) => {
        const found = attributes.find(({ level }) => level === attribute.level);
        const all = found?.distributions ?? [];
        const shown = all.find(({ currency }) => currency === range.currency) ?? all[0];
        const write = (value: number) =>
          attribute.type === 'duration'
            ? format.duration(value)
            : shown?.currency
              ? format.money(value, shown.currency)
              : format.number(value, 6);
        return (
          <>
            {all.length > 1 && (
              <NativeSelect
                label={text('filters.editor.currency')}
                value={range.currency ?? ''}
                onChange={(event) => onRange({ currency: event.currentTarget.value || undefined })}
                data={['', ...all.flatMap(({ currency }) => currency ?? [])]}
              />
            )}
            {shown && (
              <BoundsBrush
                counts={attribute.level === 'case' ? 'cases' : 'events'}
                bins={shown.bins.map(({ from, to, count }) => ({
                  from: Number(from),
                  to: Number(to),
                  count,
                }))}
                bounds={{ from: numberOf(range.min), to: numberOf(range.max) }}
                write={write}
                onBounds={({ from, to }) =>
                  // What is drawn is drawn on amounts of one currency.
                  onRange({ min: from, max: to, currency: shown.currency ?? undefined })
                }
              />
            )}
            {attribute.type === 'duration' ? (
              <TimeBounds {...bounds} of={attribute.name} />
            ) : (
              <div className={styles.row}>
                <Bounds {...bounds} />
              </div>
            )}
            {shown ? (
              <p className={styles.note}>
                {text('filters.editor.found', {
                  min: write(Number(shown.min)),
                  max: write(Number(shown.max)),
                })}
              </p>
            ) : (
              <p className={styles.note}>{text('filters.editor.none')}</p>
            )}
          </>
        );
      }}
    </Asked>
  );
}
