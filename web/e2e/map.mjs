// How does a story read a process map? What is drawn, where it stands, and what is said beside it.

/** Waits until the picture is there and nothing new is on its way. */
export async function mapDrawn(page) {
  await page.locator('[data-busy="false"] [data-activity]').first().waitFor();
}

/** The map of a log, drawn. */
export async function openMap(page, log, search = '') {
  await page.goto(`/map/${log}${search}`);
  await mapDrawn(page);
}

export function activity(page, name) {
  return page.locator(`[data-activity="${name}"]`);
}

/** Activities and paths as they are drawn, and where: starts and ends are no paths. */
export function drawing(page) {
  return page.evaluate(() => {
    const places = {};
    for (const node of document.querySelectorAll('[data-activity]')) {
      places[node.dataset.activity] = node.style.transform;
    }
    const paths = {};
    for (const arrow of document.querySelectorAll('[data-arrow]')) {
      const id = arrow.dataset.arrow;
      if (!id.includes('\u0000')) paths[id] = arrow.querySelector('path').getAttribute('d');
    }
    return { places, paths };
  });
}

/** A key figure beside the map, such as `cases`, as it is written there. */
export function keyFigure(page, text, name) {
  return page
    .getByRole('region', { name: text('map.figures') })
    .locator('div', { has: page.getByText(text(`map.figures.${name}`), { exact: true }) })
    .getByRole('definition')
    .last();
}

export function slider(page, text, name) {
  return page.getByRole('slider', { name: text(`map.detail.${name}`) });
}

/** How the map is moved and enlarged. */
export function view(page) {
  return page.locator('[data-world]').getAttribute('transform');
}

/** The search parameters of the address. */
export function addressOf(page) {
  return Object.fromEntries(new URL(page.url()).searchParams);
}
