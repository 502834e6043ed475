import { expect, test } from 'vitest';
import { csvText } from './csv';

test('cells with delimiters, quotes and line ends are quoted', () => {
  expect(csvText([['a', 'b,c', 'd"e', 'f\ng']])).toBe('\uFEFFa,"b,c","d""e","f\ng"\r\n');
});

test('what a spreadsheet would run as a formula is made plain', () => {
  expect(csvText([['=1+1', '+1', '-1', '@x']])).toBe("\uFEFF'=1+1,'+1,'-1,'@x\r\n");
});
