// The one way to the server: sends the chosen language, turns every failure into a `Failure`.
import { failureError, failureOfBody } from './problem';

const BASE = '/api/v1';

let language = 'en';

/** Sentences of the server come in this language from now on. */
export function speak(chosen: string): void {
  language = chosen;
}

export function spokenLanguage(): string {
  return language;
}

interface Ask {
  signal?: AbortSignal | undefined;
}

export function get<T>(path: string, { signal }: Ask = {}): Promise<T> {
  return send<T>('GET', path, undefined, signal);
}

export function post<T>(path: string, body: unknown, { signal }: Ask = {}): Promise<T> {
  return send<T>('POST', path, body, signal);
}

export function patch<T>(path: string, body: unknown): Promise<T> {
  return send<T>('PATCH', path, body);
}

export function put<T>(path: string, body: unknown): Promise<T> {
  return send<T>('PUT', path, body);
}

export function remove(path: string): Promise<void> {
  return send<void>('DELETE', path);
}

/** The address of an answer of the server, for links and event streams. */
export function address(path: string): string {
  return `${BASE}${path}`;
}

async function send<T>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const response = await answer(address(path), {
    method,
    headers: {
      Accept: 'application/json, application/problem+json',
      'Accept-Language': language,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** Fetches, and throws a `Failure` for anything but success. */
export async function answer(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw failureError({ kind: 'unreachable' });
  }
  if (response.ok) return response;
  throw failureError(failureOfBody(response.status, await response.text()));
}
