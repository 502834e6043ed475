// Computes layouts beside the page, one after another; the page drops what it no longer wants.
import { instance } from '@viz-js/viz';
import { type Layout, type LayoutRequest, plan, readLayout } from './layout';

export interface LayoutOrder {
  number: number;
  request: LayoutRequest;
}

export type LayoutReply = { number: number; layout: Layout } | { number: number; message: string };

const engine = instance();

self.addEventListener('message', async (event: MessageEvent<LayoutOrder>) => {
  self.postMessage(await reply(event.data));
});

async function reply({ number, request }: LayoutOrder): Promise<LayoutReply> {
  try {
    const planned = plan(request);
    const answer = (await engine).renderString(planned.dot, { format: 'json0', engine: 'dot' });
    return { number, layout: readLayout(request, planned, answer) };
  } catch (error) {
    return { number, message: error instanceof Error ? error.message : String(error) };
  }
}
