// Among the values of which attribute the cases of the variants divide.
import { Select } from '@mantine/core';
import { useText } from '../../text/useText';
import styles from './VariantList.module.css';

interface ByChoiceProps {
  attributes: string[];
  by: string | undefined;
  onBy: (by: string | undefined) => void;
}

export function ByChoice({ attributes, by, onBy }: ByChoiceProps) {
  const text = useText();
  if (attributes.length === 0) return null;
  return (
    <Select
      size="xs"
      className={styles.by ?? ''}
      aria-label={text('variants.by')}
      placeholder={text('variants.by')}
      data={attributes}
      value={by ?? null}
      onChange={(next) => onBy(next ?? undefined)}
      searchable
      clearable
      nothingFoundMessage={text('variants.by.nothing')}
      clearButtonProps={{ 'aria-label': text('variants.by.clear') }}
    />
  );
}
