// How a file gets into the hands of the user.

/** The browser reads the file after the click; some take their time. */
const KEPT_MS = 30_000;

/** Hands a file to the user. */
export function download(content: Blob | string, name: string, type: string): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

/** A name that every file system takes. */
export function fileName(log: string, version: number, ending: string): string {
  const plain = log.replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').trim();
  return `${plain} ${version}.${ending}`;
}
