import { expect, test } from 'vitest';
import { nameFault, nameOfFile } from './logName';

test('names that the server would refuse are refused here', () => {
  expect(nameFault(' ', [])).toBe('data.name.blank');
  expect(nameFault('x'.repeat(201), [])).toBe('data.name.long');
  expect(nameFault('𠮷'.repeat(200), [])).toBeUndefined();
  for (const name of ['a@1', 'a/b', '.a', 'a\u0000']) {
    expect(nameFault(name, [])).toBe('data.name.characters');
  }
});

test('a name is taken in any case and in any way to write its accents', () => {
  expect(nameFault('cafe\u0301', ['CAF\u00c9'])).toBe('data.name.taken');
  expect(nameFault('受注', ['発注'])).toBeUndefined();
});

test('a file gives its name without endings', () => {
  expect(nameOfFile('Deals 2024.csv')).toBe('Deals 2024');
  expect(nameOfFile('log.xes.gz')).toBe('log');
  expect(nameOfFile('.hidden@home.csv')).toBe('hidden home');
});
