import { render } from '@testing-library/react';
import { IntlProvider } from 'react-intl';
import { expect, test } from 'vitest';
import texts from '../../text/en/cases.json';
import { CasesBar } from './CasesBar';

function barsOf(cases: number): number {
  const row = {
    rank: 1,
    id: '0000000000000001',
    steps: ['Order'],
    cases,
    share: 0,
    cumulative: 0,
    median: null,
    by: null,
  };
  const { container } = render(
    <IntlProvider locale="en" messages={texts}>
      <CasesBar row={row} values={null} mostCases={10} />
    </IntlProvider>,
  );
  return container.querySelectorAll('i').length;
}

test('a path that no case takes has no bar', () => {
  expect(barsOf(0)).toBe(0);
  expect(barsOf(1)).toBe(1);
});
