// Is a pasted text a table, and what would it be called as a file?

/** A line of names and one row: with less there is nothing to import. */
const LINES_MIN = 2;
/** What can stand between cells. */
const DELIMITERS = /[\t,;|]/;

/** The text as a file with this name, as if it had been dropped; nothing where it is no table. */
export function fileOfText(text: string, name: string): File | undefined {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  const [first = ''] = lines;
  if (lines.length < LINES_MIN || !DELIMITERS.test(first)) return undefined;
  const [ending, type] = first.includes('\t')
    ? ['tsv', 'text/tab-separated-values']
    : ['csv', 'text/csv'];
  return new File([text], `${name}.${ending}`, { type });
}
