// How does a story read the pages about a log beside its map?

/** A page of a log, with its first answer on it. */
export async function openPage(page, place, log, search = {}) {
  const said = new URLSearchParams(
    Object.entries(search).map(([word, value]) => [word, JSON.stringify(value)]),
  );
  await page.goto(`/${place}/${log}?${said}`);
  await answered(page);
}

/** Waits until the page has its answer and nothing new is on its way. */
export function answered(page) {
  return page.locator('[data-busy="false"]').first().waitFor();
}

/** The answer of one question about a version. */
export async function answerOf(program, version, question, params = {}, filters = []) {
  const tiles = [{ id: 'one', question, params }];
  const { tiles: answers } = await program.post('/analyses', { version, filters, tiles });
  if (answers[0].problem) throw new Error(JSON.stringify(answers[0].problem));
  return answers[0].answer;
}

/** The filters that an address carries. */
export function filtersIn(address) {
  return JSON.parse(new URL(address).searchParams.get('filters') ?? '[]');
}
