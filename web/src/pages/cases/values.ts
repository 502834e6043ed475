// How the value of an attribute is written, on the screen and in a file.
import type { AttributeType } from '../../api/cases';
import type { CsvCell } from '../../files/csv';
import type { Formats } from '../../format';
import type { Say } from '../../text/useText';

interface WriteValue {
  format: Formats;
  text: Say;
}

/** A value as somebody reads it; empty where there is none. */
export function written(value: unknown, type: AttributeType, by: WriteValue): string {
  const { format, text } = by;
  if (value === null || value === undefined) return '';
  const money = moneyOf(value);
  if (money) return writtenMoney(money, format);
  switch (typeof value) {
    case 'boolean':
      return text(value ? 'case.value.true' : 'case.value.false');
    case 'number':
      return type === 'duration' ? format.duration(value) : format.number(value, 4);
    case 'string':
      return type === 'timestamp' && !Number.isNaN(Date.parse(value))
        ? format.dateTime(value)
        : value;
    default:
      return JSON.stringify(value);
  }
}

/** A value as a program reads it: an amount with its currency, times as RFC 3339. */
export function cellValue(value: unknown): CsvCell {
  if (value === null || value === undefined) return null;
  const money = moneyOf(value);
  if (money) return money.currency ? `${money.amount} ${money.currency}` : money.amount;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function isNumeric(type: AttributeType): boolean {
  return type === 'integer' || type === 'decimal' || type === 'duration' || type === 'money';
}

interface Money {
  amount: number;
  currency: string | null;
}

function moneyOf(value: unknown): Money | null {
  if (typeof value !== 'object' || value === null || !('amount' in value)) return null;
  const currency = 'currency' in value ? value.currency : null;
  return {
    amount: Number(value.amount),
    currency: typeof currency === 'string' && currency !== '' ? currency : null,
  };
}

/** The data may hold a currency that no list of currencies knows. */
function writtenMoney({ amount, currency }: Money, format: Formats): string {
  if (currency === null) return format.number(amount, 2);
  try {
    return format.money(amount, currency);
  } catch {
    return `${format.number(amount, 2)} ${currency}`;
  }
}
