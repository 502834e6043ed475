import { expect, test } from 'vitest';
import { fileName } from './download';

test('a file name holds no character that a file system refuses', () => {
  expect(fileName('Q1/Q2: "won"?', 3, 'svg')).toBe('Q1-Q2- -won- 3.svg');
});
