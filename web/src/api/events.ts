// A stream of events from the server: the data of each, until the stream ends or breaks.
import { address, spokenLanguage } from './client';

interface Listening {
  signal?: AbortSignal | undefined;
  onData: (data: string) => void;
  /** The stream is open: what happens from now on is told. */
  onOpen?: (() => void) | undefined;
  /** Something came, if only a sign of life. */
  onLife?: (() => void) | undefined;
}

/** Resolves when the stream ends, breaks or cannot be had; rejects only when it is called off. */
export async function readEvents(
  path: string,
  { signal, onData, onOpen, onLife }: Listening,
): Promise<void> {
  const response = await fetch(address(path), {
    headers: { Accept: 'text/event-stream', 'Accept-Language': spokenLanguage() },
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    return undefined;
  });
  if (!response?.ok || !response.body) return;
  onOpen?.();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read().catch((error: unknown) => {
      if (signal?.aborted) throw error;
      return { value: undefined, done: true };
    });
    if (done) return;
    onLife?.();
    const blocks = (rest + value).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = dataOf(block);
      if (data) onData(data);
    }
  }
}

/** The data lines of one event; comments and other fields are left out. */
function dataOf(block: string): string {
  return block
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length).trimStart())
    .join('\n');
}
