import { expect, test } from 'vitest';
import { shortNames } from './names';

function short(...activities: string[]): string[] {
  const names = shortNames(activities);
  return activities.map((activity) => names.get(activity) ?? '');
}

test('a name that fits is not shortened', () => {
  expect(short('Pay', 'Quote sent', '見積発行')).toEqual(['Pay', 'Quote sent', '見積発行']);
});

test('of two words the second says what happened and gets the room', () => {
  expect(short('Opportunity Created', 'Opportunity Lost', 'Quote Issued')).toEqual([
    'Opp Created',
    'Opport Lost',
    'Quot Issued',
  ]);
});

test('three words share the room; of more the small ones are left out', () => {
  expect(
    short('Sales Order Created', 'Change Approval for Purchase Order', 'go to the one'),
  ).toEqual(['Sal Ord Cre', 'Cha App Pur', 'go to the']);
});

test('one long word is cut, a compound one is told by its parts', () => {
  expect(short('Administration', 'ORDER_CONFIRMATION', 'orderConfirmed')).toEqual([
    'Administrat',
    'ORD CONFIRM',
    'ord Confirm',
  ]);
});

test('a Japanese letter takes the room of two', () => {
  expect(short('見積書を発行する')).toEqual(['見積書を発']);
});

test('no two activities look the same', () => {
  const names = short('Order Confirmed', 'Order Confirmation', 'Ord Confirm', 'Order Confirming');
  expect(names).toEqual(['Ord Confir2', 'Ord Confir3', 'Ord Confirm', 'Ord Confir4']);
  expect(new Set(names).size).toBe(names.length);
});

test('names of nothing but signs and the empty name have an answer', () => {
  expect(short('–––––––––––––', '')).toEqual(['–––––––––––', '']);
});
