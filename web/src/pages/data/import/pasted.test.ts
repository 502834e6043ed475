import { expect, test } from 'vitest';
import { fileOfText } from './pasted';

test('cells of a spreadsheet become a file of tabs, other tables one of commas', async () => {
  const cells = 'case\tstep\ttime\r\nA\tWon, at last\t2024-01-01\r\n';
  const file = fileOfText(cells, 'Pasted table');
  expect(file?.name).toBe('Pasted table.tsv');
  expect(await file?.text()).toBe(cells);
  expect(fileOfText('case;step\nA;Won', '貼り付けた表')?.name).toBe('貼り付けた表.csv');
});

test('a text without a row or without cells is no table', () => {
  for (const text of ['', '   \n\n', 'case\tstep\ttime\n\n', 'A sentence.\nAnother one.']) {
    expect(fileOfText(text, 'x')).toBeUndefined();
  }
});
