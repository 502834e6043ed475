import { expect, test } from 'vitest';
import { withDate, withLeftOut } from './dates';

const LEAD = { column: 'Lead date', activity: 'Lead' };
const QUOTE = { column: 'Quote date', activity: 'Quote' };
const OFFER = { column: 'Offer date' };
const WON = { column: 'Won date', activity: 'Won' };
const ALL = [LEAD, QUOTE, OFFER, WON];

test('a column that was left out comes back to its place, with its name', () => {
  expect(withDate([LEAD, OFFER, WON], 'Quote date', ALL)).toEqual(ALL);
  expect(withDate([QUOTE, OFFER, WON], 'Lead date', ALL)).toEqual(ALL);
  expect(withDate([LEAD, QUOTE, OFFER], 'Won date', ALL)).toEqual(ALL);
  expect(withDate([WON], 'Offer date', ALL)).toEqual([OFFER, WON]);
});

test('a column that was never among them comes last', () => {
  expect(withDate([LEAD, WON], 'Paid', ALL)).toEqual([LEAD, WON, { column: 'Paid' }]);
});

test('what is left out keeps its place among the others, whatever they are called by now', () => {
  const renamed = { column: 'Lead date', activity: 'First contact' };
  expect(withLeftOut([renamed, WON], ALL)).toEqual([renamed, QUOTE, OFFER, WON]);
  expect(withLeftOut([WON, LEAD], ALL)).toEqual([WON, LEAD, QUOTE, OFFER]);
  expect(withLeftOut(ALL, ALL)).toEqual(ALL);
});
