// How does a story open the lists of a log: its variants and its cases?

export async function openVariants(page, log, search = '') {
  await page.goto(`/variants/${log}${search}`);
  await page.getByRole('row').nth(1).waitFor();
}

export async function openCases(page, log, search = '') {
  await page.goto(`/cases/${log}${search}`);
  await page.locator('[data-case]').first().waitFor();
}
