// What is imported all the same, and said before: doubtful times, and events that come again.
import { Alert } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import type { ProblemCount } from '../../../api/types';
import { useFormats } from '../../../format';
import { useText } from '../../../text/useText';
import { KEPT } from './kept';

const EXAMPLES_SHOWN = 3;

export function Doubts({ problems }: { problems: ProblemCount[] }) {
  const text = useText();
  const format = useFormats();
  return KEPT.map(({ kind, detail }) => {
    const found = problems.find((problem) => problem.kind === kind);
    if (!found) return null;
    const { count, examples } = found;
    const shown = examples.slice(0, EXAMPLES_SHOWN).map(({ row, same_as, cell, value }) => {
      if (!row) return value;
      if (cell && !same_as) return text('import.doubt.cell', { cell, value });
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
