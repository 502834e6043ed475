// The file on its way to the server. One at a time, kept outside the pages, so that one may leave.
import { useSyncExternalStore } from 'react';
import { checkConnection, whenThere } from '../shell/connection';
import { address, spokenLanguage } from './client';
import { type Failure, failureOf, failureOfBody } from './problem';
import type { Upload } from './types';

export type UploadState =
  | { kind: 'none' }
  | { kind: 'sending'; name: string; sent: number; total: number; bytesPerSecond: number }
  | { kind: 'failed'; name: string; failure: Failure; again: () => void }
  | { kind: 'there'; upload: Upload };

const CREATED = 201;

const listeners = new Set<() => void>();
let state: UploadState = { kind: 'none' };
let request: XMLHttpRequest | undefined;

export function useUpload(): UploadState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

/** Sends a file, or several as one. */
export function startUpload(files: File[]): void {
  const [file] = files;
  if (!file) return;
  if (files.length === 1) {
    send(file);
    return;
  }
  request?.abort();
  // Nothing is sent yet; what is cancelled meanwhile, or replaced by another file, is not sent.
  const packing = new XMLHttpRequest();
  request = packing;
  change({ kind: 'sending', name: file.name, sent: 0, total: 0, bytesPerSecond: 0 });
  import('../files/packed')
    .then(({ packed }) => packed(files))
    .then(
      (whole) => packing === request && send(whole),
      (error: unknown) => {
        if (packing !== request) return;
        const failure = failureOf(error);
        change({ kind: 'failed', name: file.name, failure, again: () => startUpload(files) });
      },
    );
}

/** Sends the file; `fetch` cannot tell how much of a body has left, so this is the older way. */
function send(file: File): void {
  request?.abort();
  const sending = new XMLHttpRequest();
  request = sending;
  const startedAt = performance.now();
  change({ kind: 'sending', name: file.name, sent: 0, total: file.size, bytesPerSecond: 0 });
  sending.upload.onprogress = ({ loaded }) => {
    if (sending !== request) return;
    const seconds = (performance.now() - startedAt) / 1000;
    const bytesPerSecond = seconds > 0 ? loaded / seconds : 0;
    change({ kind: 'sending', name: file.name, sent: loaded, total: file.size, bytesPerSecond });
  };
  sending.onload = () => {
    if (sending !== request) return;
    if (sending.status === CREATED) {
      change({ kind: 'there', upload: JSON.parse(sending.responseText) as Upload });
    } else {
      fail(file, failureOfBody(sending.status, sending.responseText));
    }
  };
  sending.onerror = () => {
    if (sending === request) void goOnWhenBack(file, sending);
  };
  sending.open('POST', address(`/uploads?name=${encodeURIComponent(file.name)}`));
  sending.setRequestHeader('Content-Type', 'application/octet-stream');
  sending.setRequestHeader('Accept-Language', spokenLanguage());
  sending.send(file);
}

export function forgetUpload(): void {
  const running = request;
  request = undefined;
  running?.abort();
  change({ kind: 'none' });
}

/** The connection broke: the file is sent anew once the server, which has gone, is back. */
async function goOnWhenBack(file: File, broken: XMLHttpRequest): Promise<void> {
  fail(file, { kind: 'unreachable' });
  const isThere = await checkConnection();
  if (!isThere) await whenThere();
  if (broken !== request) return;
  // A server that is there all the while does not tell why; sending for ever would not help.
  if (isThere) fail(file, { kind: 'unsent' });
  else send(file);
}

function fail(file: File, failure: Failure): void {
  change({ kind: 'failed', name: file.name, failure, again: () => send(file) });
}

function change(next: UploadState): void {
  state = next;
  for (const listener of listeners) listener();
}
