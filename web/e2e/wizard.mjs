// How does somebody bring a file into the product? The steps of the import, as a hand takes them.

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

/** Chooses a file with the button. */
export async function chooseFile(page, text, file) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: text('upload.choose') }).click();
  await (await chooser).setFiles(file);
}

/** What is in a hand that drags a file from the desktop. */
async function carrying(page, file) {
  const carried = { name: basename(file), bytes: (await readFile(file)).toString('base64') };
  return page.evaluateHandle(({ name, bytes }) => {
    const transfer = new DataTransfer();
    const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([content], name));
    return transfer;
  }, carried);
}

/** Drags a file from the desktop past the place that awaits it; whether the page takes care. */
export async function dropBeside(page, place, file) {
  const dataTransfer = await carrying(page, file);
  return place.evaluate((element, dataTransfer) => {
    const isLeftToTheBrowser = (kind) =>
      element.dispatchEvent(
        new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true, composed: true }),
      );
    return ['dragover', 'drop'].every((kind) => !isLeftToTheBrowser(kind));
  }, dataTransfer);
}

/** Drags a file from the desktop over a place of the page, and lets it go. */
export async function dropFile(page, text, place, file) {
  const dataTransfer = await carrying(page, file);
  await place.dispatchEvent('dragenter', { dataTransfer });
  await place.dispatchEvent('dragover', { dataTransfer });
  await page.getByText(text('upload.release')).first().waitFor();
  await place.dispatchEvent('drop', { dataTransfer });
}

/** The field that says which column has a role. */
export function roleField(page, text, role) {
  return page.getByLabel(new RegExp(`^${text(`role.${role}`)}( \\*)?$`)).first();
}

/** Agrees with the columns and the check as they are. */
export async function goOnToImport(page, text) {
  await page.getByRole('button', { name: text('import.next.check') }).click();
  await page.getByRole('button', { name: text('import.next.import') }).click();
}

/** Starts the import and waits for its end; the page then offers the map. */
export async function startImport(page, text) {
  await start(page, text, 'import.start');
}

/** Agrees with what would change in the log, and waits for the end of the import. */
export async function addToLog(page, text) {
  await start(page, text, 'import.start.add');
}

async function start(page, text, key) {
  await page.getByRole('button', { name: text(key), exact: true }).click();
  await page
    .getByRole('main')
    .getByRole('link', { name: text('data.openMap') })
    .waitFor();
}

export async function openMap(page, text) {
  await page
    .getByRole('main')
    .getByRole('link', { name: text('data.openMap') })
    .click();
}
