// A link to what a page shows.

/** The version is in it, so that the picture stays the same when new data arrives. */
export function copyLink(href: string, version: number): Promise<void> {
  const address = new URL(href, location.origin);
  address.searchParams.set('version', String(version));
  return navigator.clipboard.writeText(address.href);
}
