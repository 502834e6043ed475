import { expect, test } from 'vitest';
import { svgFile } from './svgFile';

const AREA = { left: -10, top: -20, right: 90, bottom: 30 };
const measure = (text: string) => text.length;

function drawing(content: string): SVGSVGElement {
  const host = document.createElement('div');
  host.innerHTML = `<svg class="x" tabindex="0">${content}</svg>`;
  const svg = host.querySelector('svg');
  if (!svg) throw new Error('no svg');
  return svg;
}

const PAPER = { page: '#fff', ink: '#000', muted: '#555' };

test('the file is XML of its own, without what belongs to the screen', async () => {
  const svg = drawing(
    '<rect data-help=""/><g data-world="" transform="scale(3)">' +
      '<g data-arrow="a\u0001b" class="y"><path d="M0,0"/></g>' +
      '<g data-room="none"><text>hidden</text></g><text>A &amp; 失注\u0002</text></g>',
  );
  const scales = [
    { title: 'Cases', steps: ['#fff', '#000'], isWedge: false, least: '1', most: '9' },
    { title: 'Width', steps: ['#555'], isWedge: true, least: '4' },
  ];
  const caption = { title: 'Log <1>', lines: ['version 1', 'with “a”'], scales };
  const file = await svgFile({ svg, area: AREA }, caption, PAPER, measure);
  const read = new DOMParser().parseFromString(file, 'image/svg+xml');
  expect(read.querySelector('parsererror')).toBeNull();
  expect(read.documentElement.getAttribute('viewBox')).toBe('0 0 422 220');
  expect(read.querySelector('g')?.getAttribute('transform')).toBe('translate(171, 166)');
  const words = [...read.querySelectorAll('text')].map((text) => text.textContent);
  expect(words).toEqual([
    'Log <1>',
    'version 1',
    'with “a”',
    ...['Cases', '1', '9', 'Width', '4'],
    'A & 失注',
  ]);
  expect(file).not.toMatch(/data-|class=|tabindex/);
});

test('the drawing on the screen stays as it is', async () => {
  const svg = drawing('<g data-world="" class="y"></g>');
  const caption = { title: 't', lines: ['n'], scales: [] };
  await svgFile({ svg, area: AREA }, caption, PAPER, measure);
  expect(svg.outerHTML).toBe('<svg class="x" tabindex="0"><g data-world="" class="y"></g></svg>');
});
