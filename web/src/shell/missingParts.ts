// What happens when a part of this program cannot be loaded: the server is away, or is a newer one
// with other parts. The browser remembers the failure, so that only loading the page again helps;
// that is done for whoever waits for the part, never under the hands of somebody else.
import { reloadWhenThere } from './connection';

/** A page of which something did not come; it comes with the whole program, loaded again. */
export class MissingParts extends Error {
  override name = 'MissingParts';
}

let pagesUnderWay = 0;
let hasOneCome = false;
let areMissing = false;

/**
 * Pages are loaded ahead, when there is nothing else to do or when somebody points at a link. What
 * does not come then is nobody's loss: it is acted on where the page is shown.
 */
export function pageParts<T>(load: () => Promise<T>): () => Promise<T> {
  let missing: MissingParts | undefined;
  return async () => {
    if (missing) throw missing;
    pagesUnderWay += 1;
    try {
      const parts = await load();
      hasOneCome = true;
      return parts;
    } catch (error) {
      areMissing = true;
      missing = new MissingParts(String(error), { cause: error });
      throw missing;
    } finally {
      pagesUnderWay -= 1;
    }
  };
}

/** Whether a page did not come, so that others would not come either. */
export function arePagesMissing(): boolean {
  return areMissing;
}

/** The first page, and a part of the page that is looked at, are waited for. */
export function reloadAfterMissingParts(): void {
  window.addEventListener('vite:preloadError', () => {
    if (pagesUnderWay === 0 || !hasOneCome) reloadWhenThere();
  });
}
