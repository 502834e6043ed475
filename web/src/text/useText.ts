// How components say something: `const text = useText(); text('shell.main')`.
import type { ReactNode } from 'react';
import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import type { TextKey } from './messages';

type TextValues = Record<string, string | number>;
export type Say = (key: TextKey, values?: TextValues) => string;
type RichValues = Record<string, ReactNode | ((parts: ReactNode[]) => ReactNode)>;

export function useText(): Say {
  const intl = useIntl();
  return useCallback((key, values) => intl.formatMessage({ id: key }, values), [intl]);
}

/** A text with elements in it, such as `<b>` or a name shown in another type. */
export function useRichText(): (key: TextKey, values: RichValues) => ReactNode {
  const intl = useIntl();
  return useCallback((key, values) => intl.formatMessage({ id: key }, values), [intl]);
}
