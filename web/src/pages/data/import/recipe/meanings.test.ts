import { expect, test } from 'vitest';
import type { KnownActivity } from '../../../../api/types';
import { isSuggestion, KEPT, meaningOf, withMeanings } from './meanings';

const sent: KnownActivity = { label: 'Sent', rows: 3, name: 'Sent', by: 'none' };
const similar: KnownActivity = { ...sent, activity: 'QuoteIssued', by: 'similar' };
const known: KnownActivity = {
  ...sent,
  activity: 'QuoteIssued',
  name: 'Quote Issued',
  by: 'alias',
};

test('a suggestion changes nothing until the user agrees', () => {
  expect([sent, similar, known].map(isSuggestion)).toEqual([false, true, false]);
  expect([sent, similar, known].map(meaningOf)).toEqual([KEPT, KEPT, 'QuoteIssued']);
});

test('a label means one thing in each pipeline', () => {
  const direct: KnownActivity = { ...sent, pipeline: 'Direct' };
  const first = withMeanings({ case: 'Deal' }, [{ known: sent, key: 'QuoteIssued' }]);
  const second = withMeanings(first, [
    { known: direct, key: 'InvoiceSent' },
    { known: sent, key: KEPT },
  ]);
  expect(second).toEqual({
    case: 'Deal',
    activities: [{ label: 'Sent', pipeline: 'Direct', activity: 'InvoiceSent' }, { label: 'Sent' }],
  });
});
