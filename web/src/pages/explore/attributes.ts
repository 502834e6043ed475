// By which attributes of a log cases can be told apart.
import type { Schema } from '../../api/types';

/** The texts and truth values of cases. */
export function groupAttributes(schema: Schema): string[] {
  return schema.attributes
    .filter(({ level, type }) => level === 'case' && (type === 'text' || type === 'boolean'))
    .map((one) => one.name);
}
