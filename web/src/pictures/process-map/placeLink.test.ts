import { expect, test, vi } from 'vitest';
import { placeLink } from './placeLink';

const PLACE = { k: 2, x: 3, y: 4 };

test('whoever has joined goes where another has moved, and moves nobody by that', () => {
  const link = placeLink();
  const [first, second, gone] = [vi.fn(), vi.fn(), vi.fn()];
  link.join(first);
  link.join(second);
  link.join(gone)();
  link.tell(first, PLACE, 'byHand');
  expect(second).toHaveBeenCalledExactlyOnceWith(PLACE, 'byHand');
  expect(first).not.toHaveBeenCalled();
  expect(gone).not.toHaveBeenCalled();
});
