// Which pages are there? Each with the address that opens it and what shows that it is open,
// in whatever language: for stories that look at all of them.

const EMEA = encodeURIComponent(
  JSON.stringify([{ kind: 'attribute_in', attribute: 'SalesRegion', values: ['EMEA'] }]),
);

/** Pages about a log: what follows the number of the log in the address, and what waits for it. */
const OF_LOG = [
  ['map', 'map', '', '[data-busy="false"] [data-activity]'],
  ['map, selection', 'map', '?activity=Quote Issued', '[data-busy="false"] [data-activity]'],
  ['map, times', 'map', '?metric=median&activities=100&paths=100', '[data-activity]'],
  ['map, table', 'map', '?table=true', '[role="table"], table'],
  ['variants', 'variants', '?ranks=[2,9]', '[data-path]'],
  ['cases', 'cases', '', '[data-case]'],
  ['overview', 'overview', '', '[data-busy="false"]'],
  ['funnel', 'funnel', '', '[data-busy="false"]'],
  ['throughput', 'throughput', '', '[data-busy="false"]'],
  ['rework', 'rework', '', '[data-busy="false"]'],
  ['people', 'people', '', '[data-busy="false"]'],
  ['workload', 'people', '?show=workload', '[data-busy="false"]'],
  ['comparison', 'compare', `?a=${EMEA}`, '[data-activity]'],
  ['comparison, table', 'compare', `?a=${EMEA}&show=table`, 'main table'],
  ['saved views', 'views', '', 'main h1'],
  ['replay', 'map', '?replay={"play":true}', '[data-activity]'],
  ['dotted', 'dotted', '', '[data-busy="false"]'],
  ['rules', 'quality', '', 'main article'],
  ['figures', 'quality', '?tab=figures', 'main table'],
];

/** All pages of a program that holds the demo log `log` with a report at `report`. */
export function tour(log) {
  const pages = OF_LOG.map(([name, place, search, sign]) => ({
    name,
    address: `/${place}/${log}${search}`,
    sign,
  }));
  return [
    ...pages,
    { name: 'logs', address: '/data', sign: 'tbody th, [role="rowheader"]' },
    { name: 'versions', address: `/data/${log}`, sign: 'main table' },
    { name: 'settings', address: `/data/${log}/settings`, sign: 'main form h3' },
    { name: 'import', address: '/data/import', sign: 'main button' },
    { name: 'missing', address: '/nowhere', sign: 'main h1, main h2' },
  ];
}

/** Opens a page and waits for its sign. */
export async function visit(page, { address, sign }) {
  await page.goto(address);
  await page.locator(sign).first().waitFor();
}
