// Which attribute a filter looks at: those of a fitting type, of cases first.
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { schemaQuery } from '../../api/logs';
import type { Schema } from '../../api/types';
import { useText } from '../../text/useText';
import styles from '../Builder.module.css';
import type { FilterKind } from '../filter';
import { Asked } from './Asked';
import type { Selection } from './editor';

type Attribute = Schema['attributes'][number];

type AttributePlace = {
  attribute?: string | undefined;
  level?: 'case' | 'event' | null | undefined;
};

interface AttributeChoiceProps {
  kind: FilterKind;
  selection: Selection;
  types: Attribute['type'][];
  place: AttributePlace;
  onPlace: (place: AttributePlace) => void;
  children: (attribute: Attribute) => ReactNode;
}

export function AttributeChoice(props: AttributeChoiceProps) {
  const { kind, selection, types, place, onPlace, children } = props;
  const text = useText();
  const { log, version } = selection;
  const query = useQuery(schemaQuery(log, version.number));
  const isOfEvents = kind.startsWith('event_');
  return (
    <Asked query={query}>
      {({ attributes }) => {
        const fitting = attributes.filter(
          ({ type, level }) => types.includes(type) && (!isOfEvents || level === 'event'),
        );
        const level = isOfEvents ? 'event' : place.level;
        const chosen =
          fitting.find((one) => one.name === place.attribute && (!level || one.level === level)) ??
          fitting.find((one) => one.name === place.attribute);
        return (
          <>
            {fitting.length === 0 ? (
              <p className={styles.note}>{text('filters.editor.none')}</p>
            ) : (
              <NativeSelect
                label={text('filters.editor.attribute')}
                value={chosen ? keyOf(chosen) : ''}
                onChange={(event) => {
                  const next = fitting.find((one) => keyOf(one) === event.currentTarget.value);
                  onPlace(next ? placeOf(next, isOfEvents) : {});
                }}
                data={[
                  { value: '', label: '' },
                  ...fitting.map((one) => ({
                    value: keyOf(one),
                    label:
                      one.level === 'event' && !isOfEvents
                        ? text('filters.editor.attribute.event', { name: one.name })
                        : one.name,
                  })),
                ]}
              />
            )}
            {chosen && children(chosen)}
          </>
        );
      }}
    </Asked>
  );
}

function keyOf({ level, name }: Attribute): string {
  return `${level} ${name}`;
}

/** Filters of events know no level; that of cases is meant unless said. */
function placeOf({ name, level }: Attribute, isOfEvents: boolean): AttributePlace {
  return { attribute: name, ...(level === 'event' && !isOfEvents ? { level } : {}) };
}
