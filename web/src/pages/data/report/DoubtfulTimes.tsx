// Times that lie in the future or long ago: imported all the same, and said before.
import { Alert } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import type { ProblemCount } from '../../../api/types';
import { useFormats } from '../../../format';
import { useText } from '../../../text/useText';

const EXAMPLES_SHOWN = 3;
/** The kinds of the rule about times that are not credible. */
const KINDS = ['future-time', 'ancient-time'] as const;

export function DoubtfulTimes({ problems }: { problems: ProblemCount[] }) {
  const text = useText();
  const format = useFormats();
  return KINDS.map((kind) => {
    const found = problems.find((problem) => problem.kind === kind);
    if (!found) return null;
    const { count, examples } = found;
    const shown = examples
      .slice(0, EXAMPLES_SHOWN)
      .map(({ row, value }) =>
        row ? text('import.doubt.example', { row: format.number(row), value }) : value,
      );
    return (
      <Alert
        key={kind}
        color="orange"
        icon={<TriangleAlert size={18} aria-hidden />}
        title={text(`import.doubt.${kind}`, { count, shown: format.number(count) })}
      >
        {text('import.doubt.detail', { count, examples: shown.join(' · ') })}
      </Alert>
    );
  });
}
