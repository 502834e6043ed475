// Asks the worker for layouts: the last request wins. The engine cannot be interrupted, so a worker
// that has been busy for a while with what nobody wants any more is replaced.
import type { Layout, LayoutRequest } from './layout';
import type { LayoutOrder, LayoutReply } from './layout.worker';
import LayoutWorker from './layout.worker?worker';

let worker: Worker | null = null;
let count = 0;
let busySince: number | null = null;
/** Waiting for a short rest is faster than loading the engine again. */
const PATIENCE_MS = 400;

/** Layouts of pictures seen a moment ago: going back is immediate. */
const known = new Map<string, Layout>();
const KNOWN_MAX = 12;

export function knownLayout(request: LayoutRequest): Layout | undefined {
  return known.get(JSON.stringify(request));
}

export function computeLayout(request: LayoutRequest, signal: AbortSignal): Promise<Layout> {
  const key = JSON.stringify(request);
  const before = known.get(key);
  if (before) return Promise.resolve(before);
  if (busySince !== null && performance.now() - busySince > PATIENCE_MS) stop();
  const mine = ready();
  count += 1;
  const number = count;
  busySince ??= performance.now();
  return new Promise((resolve, reject) => {
    const settle = () => {
      mine.removeEventListener('message', receive);
      mine.removeEventListener('error', fail);
    };
    const receive = ({ data }: MessageEvent<LayoutReply>) => {
      if (data.number !== number) return;
      settle();
      busySince = null;
      if ('layout' in data) {
        remember(key, data.layout);
        resolve(data.layout);
      } else {
        reject(new Error(data.message));
      }
    };
    const fail = (event: ErrorEvent) => {
      settle();
      stop();
      reject(new Error(event.message));
    };
    signal.addEventListener('abort', () => {
      settle();
      reject(signal.reason);
    });
    mine.addEventListener('message', receive);
    mine.addEventListener('error', fail);
    mine.postMessage({ number, request } satisfies LayoutOrder);
  });
}

/** Starts the worker, so that the engine is loaded when the answer comes. */
function ready(): Worker {
  worker ??= new LayoutWorker();
  return worker;
}

function stop(): void {
  worker?.terminate();
  worker = null;
  busySince = null;
}

function remember(key: string, layout: Layout): void {
  known.set(key, layout);
  const oldest = known.keys().next().value;
  if (known.size > KNOWN_MAX && oldest !== undefined) known.delete(oldest);
}
