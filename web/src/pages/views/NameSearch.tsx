// Where a name is typed to look for it among what is saved.
import { TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useText } from '../../text/useText';

interface NameSearchProps {
  value: string;
  onChange: (value: string) => void;
}

export function NameSearch({ value, onChange }: NameSearchProps) {
  const text = useText();
  return (
    <TextInput
      size="xs"
      type="search"
      aria-label={text('views.search')}
      placeholder={text('views.search')}
      leftSection={<Search size={14} aria-hidden />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export function holds(name: string, wanted: string): boolean {
  return name.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase());
}
