// What both views of the people have to choose from: which of them, who did it, and how many.
import { SegmentedControl, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Schema } from '../../api/types';
import { useText } from '../../text/useText';
import styles from './People.module.css';
import { type PeopleSearch, personAttributes, TOP, TOPS } from './search';

interface PeopleControlsProps {
  search: PeopleSearch;
  schema: Schema;
  attribute: string;
  onSearch: (change: Partial<PeopleSearch>) => void;
  children: ReactNode;
}

const FORGOTTEN = { from: undefined, to: undefined, who: undefined };

export function PeopleControls(props: PeopleControlsProps) {
  const { search, schema, attribute, onSearch, children } = props;
  const text = useText();
  const known = personAttributes(schema);
  const attributes = known.includes(attribute) ? known : [attribute, ...known];
  return (
    <>
      <SegmentedControl
        className={styles.view ?? ''}
        aria-label={text('people.view')}
        size="xs"
        data={(['handovers', 'workload'] as const).map((value) => ({
          value,
          label: text(`people.view.${value}`),
        }))}
        value={search.show ?? 'handovers'}
        onChange={(next) => onSearch({ show: next === 'workload' ? next : undefined })}
      />
      <Select
        className={styles.choice ?? ''}
        label={text('people.attribute')}
        data={attributes}
        value={attribute}
        allowDeselect={false}
        onChange={(next) =>
          onSearch({
            ...FORGOTTEN,
            attribute: next === schema.resource ? undefined : (next ?? undefined),
          })
        }
        size="xs"
      />
      <Select
        className={styles.short ?? ''}
        label={text('people.top')}
        data={TOPS.map((value) => ({
          value: String(value),
          label: text('people.top.of', { count: value }),
        }))}
        value={String(search.top ?? TOP)}
        allowDeselect={false}
        onChange={(next) => {
          const top = TOPS.find((one) => String(one) === next);
          onSearch({ top: top === TOP ? undefined : top });
        }}
        size="xs"
      />
      {children}
    </>
  );
}
