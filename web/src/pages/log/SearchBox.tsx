// Where something is typed to look for it in a list.
import { CloseButton, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useText } from '../../text/useText';

interface SearchBoxProps {
  name: string;
  value: string;
  onChange: (value: string) => void;
}

export function SearchBox({ name, value, onChange }: SearchBoxProps) {
  const text = useText();
  return (
    <TextInput
      size="xs"
      type="search"
      aria-label={name}
      placeholder={name}
      leftSection={<Search size={14} aria-hidden />}
      rightSection={
        value !== '' && (
          <CloseButton
            size="sm"
            aria-label={text('cases.search.clear')}
            onClick={() => onChange('')}
          />
        )
      }
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
