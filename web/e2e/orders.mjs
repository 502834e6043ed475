// A log that is small enough to know by heart, and what comes in later.

function table(name, rows) {
  const buffer = Buffer.from(['case,activity,time', ...rows, ''].join('\n'));
  return { name, mimeType: 'text/csv', buffer };
}

/** Two cases, three events. */
export const ORDERS = table('orders.csv', [
  'O-1,order,2024-05-01T09:00:00Z',
  'O-1,invoice,2024-05-02T09:00:00Z',
  'O-2,order,2024-05-03T09:00:00Z',
]);

/** Two more events, one of a third case. */
export const LATER_ORDERS = table('later.csv', [
  'O-2,invoice,2024-05-04T09:00:00Z',
  'O-3,order,2024-05-05T09:00:00Z',
]);

/** Events late in the evening of UTC: further in the east it is the next day. */
export const LATE_ORDERS = table('late.csv', [
  'O-1,order,2024-05-01T20:00:00Z',
  'O-1,invoice,2024-05-05T20:00:00Z',
]);
