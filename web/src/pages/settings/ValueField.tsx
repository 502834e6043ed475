// One value of a setting, or of a cell of its table, in the field that fits its kind.
import { MultiSelect, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import type { Cell, SettingValue, Shape } from '../../api/settings';
import { useText } from '../../text/useText';
import { listOf, nameOf, plainOf, typed } from './values';

interface ValueFieldProps {
  shape: Shape;
  label: string;
  value: SettingValue | Cell | null;
  /** What is written where nothing is chosen. */
  empty?: string;
  error?: string | undefined;
  onChange: (value: Cell | null) => void;
}

export function ValueField({ shape, label, value, empty = '', error, onChange }: ValueFieldProps) {
  const text = useText();
  const choices = (shape.choices ?? []).map((one) => ({ value: one.key, label: nameOf(one.name) }));
  const common = { 'aria-label': label, error };
  if (shape.kind === 'flag') {
    return (
      <Switch
        {...common}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (shape.kind === 'choice' && shape.many) {
    return <MultiSelect {...common} data={choices} value={listOf(value)} onChange={onChange} />;
  }
  if (shape.kind === 'choice') {
    const none = value === null ? [{ value: '', label: empty }] : [];
    return (
      <NativeSelect
        {...common}
        data={[...none, ...choices]}
        value={plainOf(value)}
        onChange={(event) => onChange(event.currentTarget.value || null)}
      />
    );
  }
  if (shape.many) {
    return (
      <Textarea
        {...common}
        autosize
        minRows={2}
        description={text('settings.lines')}
        defaultValue={listOf(value).join('\n')}
        onChange={(event) => {
          const lines = event.currentTarget.value.split('\n').filter((line) => line.trim() !== '');
          onChange(lines.map((line) => typed(shape, line)));
        }}
      />
    );
  }
  const unit = shape.unit ? text(`settings.unit.${shape.unit}`) : '';
  return (
    <TextInput
      {...common}
      placeholder={empty}
      value={plainOf(value)}
      inputMode={shape.kind === 'number' || shape.kind === 'whole' ? 'decimal' : 'text'}
      {...(unit === '' ? {} : { description: unit })}
      onChange={(event) => {
        const written = event.currentTarget.value;
        onChange(written === '' ? null : typed(shape, written));
      }}
    />
  );
}
