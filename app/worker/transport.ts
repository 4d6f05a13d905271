import type { Failure } from '#core/live/failure.ts';
import { type Parsed, parseWith } from '#core/wire/parsed.ts';
import { problemSchema } from '#core/wire/problem.ts';
import { BUILD_HEADER, SERVER_TIME_HEADER } from '#core/wire/routes.ts';
import type { Environment } from './environment.ts';

/** The server's own no. */
interface Refusal {
  readonly status: number;
  /** In words for people; null: none were given. */
  readonly detail: string | null;
}

/** Why what came does not count. */
interface Unanswered extends Failure {
  readonly ok: false;
  /** Absent: it was not the server itself that refused. */
  readonly refusal?: Refusal;
}

/** What the server said and when, or why what came does not count. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly serverTimeMs: number }
  | Unanswered;

const REPLY_TIMEOUT_MS = 15_000;

/**
 * Asks for JSON, or puts some there. A reply counts only with status 200, the JSON content type and the server's own
 * headers, whole and of the right shape; anything else is a reason.
 * @param cancelled ends the question early; it then counts as unreachable
 * @param sent JSON to put there; without it one asks
 */
export async function ask<T>(
  environment: Environment,
  path: string,
  parse: (body: unknown) => Parsed<T>,
  cancelled: AbortSignal,
  sent?: string,
): Promise<Answer<T>> {
  const abort = new AbortController();
  let isLate = false;
  const stopTimer = environment.after(REPLY_TIMEOUT_MS, () => {
    isLate = true;
    abort.abort();
  });
  const onCancelled = () => abort.abort();
  cancelled.addEventListener('abort', onCancelled);
  try {
    const response = await environment.fetch(path, abort.signal, sent);
    return await read(response, parse);
  } catch {
    // fetch says no more than that nothing (or not all of it) came.
    return { ok: false, reason: isLate ? 'timeout' : 'unreachable' };
  } finally {
    stopTimer();
    cancelled.removeEventListener('abort', onCancelled);
  }
}

async function read<T>(
  response: Response,
  parse: (body: unknown) => Parsed<T>,
): Promise<Answer<T>> {
  const opened = checkReply(response, 'application/json');
  if (!opened.ok) return { ...opened, ...(await refusalIn(response)) };
  const body = parseJson(await response.text());
  if (!body.ok) return { ok: false, reason: 'malformed reply' };
  const checked = parse(body.value);
  if (!checked.ok) return { ok: false, reason: 'malformed reply' };
  return { ok: true, value: checked.value, serverTimeMs: opened.serverTimeMs };
}

/** Whether a reply comes from the server itself, and is what was asked for, by its status and headers. */
export function checkReply(
  response: Response,
  contentType: string,
): { readonly ok: true; readonly serverTimeMs: number } | ({ readonly ok: false } & Failure) {
  const serverTimeMs = Number(response.headers.get(SERVER_TIME_HEADER) ?? Number.NaN);
  if (response.status >= 400) return refusal(response);
  const isAsked = response.headers.get('Content-Type')?.startsWith(contentType) ?? false;
  if (response.status !== 200 || !isOurs(response) || !isAsked) {
    return { ok: false, reason: 'not the Burnrate server' };
  }
  return { ok: true, serverTimeMs };
}

function refusal(response: Response): { readonly ok: false } & Failure {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  const reason =
    isOurs(response) || response.status >= 500 ? 'server error' : 'not the Burnrate server';
  return Number.isFinite(seconds) && seconds >= 0
    ? { ok: false, reason, retryAfterMs: seconds * 1_000 }
    : { ok: false, reason };
}

/** The server's own no, if it is: what a proxy or a login page says does not count. */
async function refusalIn(response: Response): Promise<{ refusal?: Refusal }> {
  const { status } = response;
  if (status < 400 || !isOurs(response)) return {};
  const body = parseJson(await response.text());
  const problem = body.ok ? parseWith(problemSchema, body.value) : body;
  return { refusal: { status, detail: (problem.ok && problem.value.detail) || null } };
}

function isOurs(response: Response): boolean {
  const serverTimeMs = Number(response.headers.get(SERVER_TIME_HEADER) ?? Number.NaN);
  return response.headers.has(BUILD_HEADER) && Number.isSafeInteger(serverTimeMs);
}

export function parseJson(text: string): Parsed<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, reason: 'not JSON' };
  }
}
