import './without-eval.ts';
import type { Parsed } from '#core/wire/parsed.ts';
import { BUILD_HEADER, ROUTES, SERVER_TIME_HEADER } from '#core/wire/routes.ts';
import { parseUsageReply } from '#core/wire/usage.ts';
import type { KnownUsage } from '#app/database/usage.ts';

/** What the server said, or why what came does not count, in words for people. */
export type UsageAnswer = Parsed<KnownUsage>;

/** Longer than the server takes to give up on its upstream, ms. */
const REPLY_TIMEOUT_MS = 40_000;

const UNREACHABLE = 'The server cannot be reached';
const NOT_OURS = 'What answered is not the Burnrate server';
const UNTOLD = 'The server cannot tell the credits now';
const MALFORMED = 'The server’s answer is malformed';

/**
 * Asks what the messages of the period used. The browser's cache asks with the tag of what it has, so that an
 * answer which is still the same does not travel again; with the tag that is known here it is not even read.
 */
export async function askUsage(known: KnownUsage | null): Promise<UsageAnswer> {
  try {
    const response = await fetch(ROUTES.usage, {
      cache: 'no-cache',
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(REPLY_TIMEOUT_MS),
    });
    const { headers, status } = response;
    const heardAtMs = Number(headers.get(SERVER_TIME_HEADER) ?? Number.NaN);
    const isOurs = headers.has(BUILD_HEADER) && Number.isSafeInteger(heardAtMs);
    if (!isOurs) return refused(NOT_OURS);
    if (status !== 200) return refused(UNTOLD);
    const tag = headers.get('ETag') ?? '';
    if (known && tag !== '' && tag === known.tag) {
      return { ok: true, value: { ...known, heardAtMs } };
    }
    return readUsage(await response.text(), { tag, heardAtMs });
  } catch {
    // fetch says no more than that nothing (or not all of it) came.
    return refused(UNREACHABLE);
  }
}

function readUsage(text: string, facts: Omit<KnownUsage, 'usage'>): UsageAnswer {
  try {
    const parsed = parseUsageReply(JSON.parse(text));
    return parsed.ok
      ? { ok: true, value: { ...facts, usage: parsed.value.usage } }
      : refused(MALFORMED);
  } catch {
    return refused(MALFORMED);
  }
}

function refused(reason: string): UsageAnswer {
  return { ok: false, reason };
}
