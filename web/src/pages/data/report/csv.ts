// Rows as a CSV file that spreadsheets open without running anything.

const BYTE_ORDER_MARK = '\uFEFF';
/** A cell that begins like this would be taken for a formula. */
const LOOKS_LIKE_FORMULA = /^[=+\-@\t\r]/;

export function csvText(rows: string[][]): string {
  const lines = rows.map((row) => row.map(cell).join(','));
  return `${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`;
}

export function saveCsv(fileName: string, rows: string[][]): void {
  const address = URL.createObjectURL(new Blob([csvText(rows)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}

function cell(text: string): string {
  const harmless = LOOKS_LIKE_FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
