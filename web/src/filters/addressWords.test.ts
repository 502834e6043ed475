import { createIntl } from 'react-intl';
import { expect, test } from 'vitest';
import french from '../text/fr/filters.json';
import type { Say } from '../text/useText';
import { addressWords } from './addressWords';

const intl = createIntl({ locale: 'fr', messages: french });
const text: Say = (key, values) => intl.formatMessage({ id: key }, values);

test('words of an address are said in the language of the page, unknown ones as they stand', () => {
  const words = ['activities', 'second', 'rare', 'nonsense', 'constructor'];
  const said = ['activités', 'deuxième mesure', 'plus rares', 'nonsense', 'constructor'];
  expect(addressWords(words, text)).toEqual(said);
});
