import { expect, test } from 'vitest';
import type { Layout } from '../../pictures/process-map/layout';
import { svgFile } from './exportPicture';

const LAYOUT: Layout = { width: 100, height: 50, direction: 'TB', nodes: {}, routes: {} };

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
  const file = await svgFile(svg, LAYOUT, { title: 'Log <1>', note: 'note' }, PAPER);
  const read = new DOMParser().parseFromString(file, 'image/svg+xml');
  expect(read.querySelector('parsererror')).toBeNull();
  expect(read.documentElement.getAttribute('viewBox')).toBe('0 0 148 154');
  expect(read.querySelector('g')?.getAttribute('transform')).toBe('translate(24, 80)');
  const words = [...read.querySelectorAll('text')].map((text) => text.textContent);
  expect(words).toEqual(['Log <1>', 'note', 'A & 失注']);
  expect(file).not.toMatch(/data-|class=|tabindex/);
});

test('the drawing on the screen stays as it is', async () => {
  const svg = drawing('<g data-world="" class="y"></g>');
  await svgFile(svg, LAYOUT, { title: 't', note: 'n' }, PAPER);
  expect(svg.outerHTML).toBe('<svg class="x" tabindex="0"><g data-world="" class="y"></g></svg>');
});
