// What is imported all the same, and said before: doubtful times, and events that come again.
import { Alert } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import type { ProblemCount } from '../../../api/types';
import { useFormats } from '../../../format';
import { useText } from '../../../text/useText';

const EXAMPLES_SHOWN = 3;
/** The rules of data quality that never refuse, and what is asked of the user. */
const KINDS = [
  { kind: 'future-time', detail: 'import.doubt.detail' },
  { kind: 'ancient-time', detail: 'import.doubt.detail' },
  { kind: 'repeated-event', detail: 'import.doubt.repeated' },
] as const;

export function Doubts({ problems }: { problems: ProblemCount[] }) {
  const text = useText();
  const format = useFormats();
  return KINDS.map(({ kind, detail }) => {
    const found = problems.find((problem) => problem.kind === kind);
    if (!found) return null;
    const { count, examples } = found;
    const shown = examples.slice(0, EXAMPLES_SHOWN).map(({ row, same_as, value }) => {
      if (!row) return value;
      if (!same_as) return text('import.doubt.example', { row: format.number(row), value });
      const rows = { row: format.number(row), first: format.number(same_as) };
      return text('import.doubt.rows', { ...rows, value });
    });
    return (
      <Alert
        key={kind}
        color="orange"
        icon={<TriangleAlert size={18} aria-hidden />}
        title={text(`import.doubt.${kind}`, { count, shown: format.number(count) })}
      >
        {text(detail, { count, examples: shown.join(' · ') })}
      </Alert>
    );
  });
}
