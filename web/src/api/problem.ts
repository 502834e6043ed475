// What can go wrong between this page and the server, as one value that every page can show.
import type { Problem } from './types';

export type Failure =
  /** The server answered and says what is wrong. */
  | { kind: 'problem'; problem: Problem; status: number }
  /** No answer at all: not started, restarting, cable out. */
  | { kind: 'unreachable' }
  /** The connection broke while a file was sent, though the server is there. */
  | { kind: 'unsent' }
  /** An answer that is not ours, such as the page of a proxy. */
  | { kind: 'unexpected'; status: number; excerpt: string }
  /** A fault of this page. */
  | { kind: 'fault'; message: string };

const FAILURE = Symbol('failure');
const EXCERPT_LENGTH = 300;

type FailureError = Error & { [FAILURE]: Failure };

export function failureError(failure: Failure): Error {
  const error = new Error(failure.kind === 'problem' ? failure.problem.detail : failure.kind);
  return Object.assign(error, { [FAILURE]: failure });
}

export function failureOf(error: unknown): Failure {
  if (error instanceof Error && FAILURE in error) return (error as FailureError)[FAILURE];
  return { kind: 'fault', message: error instanceof Error ? error.message : String(error) };
}

export function isUnreachable(error: unknown): boolean {
  return failureOf(error).kind === 'unreachable';
}

/** Reads the body of an answer that is no success. */
export function failureOfBody(status: number, body: string): Failure {
  try {
    const value: unknown = JSON.parse(body);
    if (isProblem(value)) return { kind: 'problem', problem: value, status };
  } catch {
    // Not JSON: shown as an excerpt below.
  }
  return { kind: 'unexpected', status, excerpt: body.slice(0, EXCERPT_LENGTH) };
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'detail' in value &&
    typeof value.detail === 'string'
  );
}
