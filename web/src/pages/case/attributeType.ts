// Which type the values of an attribute have: a case and its events may both have one of a name.
import type { AttributeType } from '../../api/cases';
import type { Schema } from '../../api/types';

export function typeOf(
  schema: Schema | undefined,
  name: string,
  level: 'case' | 'event',
): AttributeType {
  const named = schema?.attributes.filter((one) => one.name === name) ?? [];
  return (named.find((one) => one.level === level) ?? named[0])?.type ?? 'text';
}
