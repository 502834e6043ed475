// The filters of the address, what each removes, and how much of the log is left.
import { Pill } from '@mantine/core';
import type { MapOfVersion } from '../../api/map';
import { useFormats } from '../../format';
import { FilterBar } from '../../shell/FilterBar';
import { useText } from '../../text/useText';

interface FilterChipsProps {
  answer: Pick<MapOfVersion, 'total' | 'size'>;
  filters: unknown[];
  onChange: (filters: unknown[]) => void;
}

export function FilterChips({ answer, filters, onChange }: FilterChipsProps) {
  const text = useText();
  const format = useFormats();
  const { total, size } = answer;
  const share = format.percent(total.cases === 0 ? 0 : size.cases / total.cases, 0);
  return (
    <FilterBar>
      {filters.map((filter, idx) => (
        <Pill
          // biome-ignore lint/suspicious/noArrayIndexKey: filters apply in their order
          key={idx}
          withRemoveButton
          removeButtonProps={{
            'aria-label': text('map.filter.remove', { number: idx + 1 }),
            'aria-hidden': false,
            tabIndex: 0,
          }}
          title={JSON.stringify(filter)}
          onRemove={() => onChange(filters.filter((_, other) => other !== idx))}
        >
          {text('map.filter.name', { number: idx + 1, kind: kindOf(filter) })}
        </Pill>
      ))}
      <span style={{ marginLeft: 'auto' }}>
        {text('map.coverage', { cases: size.cases, total: total.cases, share })}
      </span>
    </FilterBar>
  );
}

function kindOf(filter: unknown): string {
  if (typeof filter !== 'object' || filter === null) return '?';
  return 'kind' in filter ? String(filter.kind) : (Object.keys(filter)[0] ?? '?');
}
