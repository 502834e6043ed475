import { describe, expect, it } from 'vitest';
import { rulesShown, valuesOf, withRule, withRules, withValues, wordsOf } from './rules';

describe('what is said about automatic readings', () => {
  it('leaves no trace when everything is as usual', () => {
    const off = withRule({ case: 'id' }, 'footer_lines', false);
    expect(off).toEqual({ case: 'id', rules: { off: ['footer_lines'] } });
    expect(withRule(off, 'footer_lines', false)).toEqual(off);
    expect(withRule(off, 'footer_lines', true)).toEqual({ case: 'id' });
    const comma = withRules(off, { decimal: 'comma' });
    expect(comma.rules).toEqual({ off: ['footer_lines'], decimal: 'comma' });
    expect(withRules(withRule(comma, 'footer_lines', true), { decimal: null })).toEqual({
      case: 'id',
    });
  });

  it('gives a column one way to read its values', () => {
    const text = withValues({}, 'Zip', 'text');
    expect(valuesOf(text, 'Zip')).toBe('text');
    expect(valuesOf(text, 'Amount')).toBeUndefined();
    const percent = withValues(text, 'Zip', 'percent');
    expect(percent.rules).toEqual({ percent_columns: ['Zip'] });
    expect(withValues(percent, 'Zip', undefined)).toEqual({});
  });

  it('shows what was done and what is off', () => {
    const reading = { rule: 'blank_words' as const, count: 1, what: '', examples: [] };
    const shown = rulesShown([reading, reading], ['percents']);
    expect(shown.map(([rule, readings]) => [rule, readings.length])).toEqual([
      ['blank_words', 2],
      ['percents', 0],
    ]);
  });

  it('takes words between commas of any kind', () => {
    expect(wordsOf('N/A, tbd、未定')).toEqual(['N/A', 'tbd', '未定']);
    expect(wordsOf(' , ')).toBeNull();
  });
});
