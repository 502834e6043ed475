import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { IntlProvider } from 'react-intl';
import { expect, test } from 'vitest';
import type { ProblemCount } from '../../../api/types';
import english from '../../../text/en/data.json';
import { RefusedRows } from './RefusedRows';

test('what was left out shows its line and its value without a click', () => {
  const reason = 'This is no time.';
  const example = (row: number, value: string) => ({ row, column: 'Date', value, reason });
  const kinds = ['bad-time', 'missing-case', 'missing-time', 'late-time'];
  const problems = kinds.map((kind, idx): ProblemCount => {
    const examples = idx === 0 ? [example(10, '45330,4166'), example(11, '#N/A')] : [];
    return { kind, refused: true, count: 9 - idx, examples };
  });
  render(
    <IntlProvider locale="en" messages={english}>
      <MantineProvider env="test">
        <RefusedRows problems={problems} fileName="a.csv" />
      </MantineProvider>
    </IntlProvider>,
  );
  for (const [row, value] of [
    ['10', '45330,4166'],
    ['11', '#N/A'],
  ] as const) {
    const cell = screen.getByText(value);
    expect(cell.closest('tr')?.cells[0]?.textContent).toBe(row);
    expect(cell.closest('details')?.open).toBe(true);
  }
  const open = [...document.querySelectorAll('details')].map((one) => one.open);
  expect(open).toEqual([true, true, true, false]);
});
