// One of a few, all in sight, under the words that say what is chosen.
import { SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import styles from './FewChoice.module.css';

interface FewChoiceProps<T extends string> {
  label: string;
  values: readonly T[];
  nameOf: (value: T) => string;
  value: T;
  onChange: (value: T) => void;
}

export function FewChoice<T extends string>(props: FewChoiceProps<T>) {
  const { label, values, nameOf, value, onChange } = props;
  const id = useId();
  return (
    <div>
      <span className={styles.label} id={id}>
        {label}
      </span>
      <SegmentedControl
        aria-labelledby={id}
        size="xs"
        data={values.map((one) => ({ value: one, label: nameOf(one) }))}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}
