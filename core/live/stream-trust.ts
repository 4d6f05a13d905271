import type { Failure } from './failure.ts';
import type { TransportChoice } from './settings.ts';

/** How far streams are trusted: an automatic transport polls until `notBeforeMs` when they fail. */
export interface StreamTrust {
  /** Failures in a row, each soon after its start. */
  readonly quickFailures: number;
  /** When the last stream said its hello, epoch ms; null: it has not, or has ended. */
  readonly openedAtMs: number | null;
  readonly notBeforeMs: number;
}

export const TRUSTED: StreamTrust = { quickFailures: 0, openedAtMs: null, notBeforeMs: 0 };

/** A stream ended, or did not begin. */
export interface StreamFailure extends Failure {
  readonly kind: 'stream-failure';
  /** The server answers, and has no stream to give: 404, another content type, a proxy that holds it back. */
  readonly isRefused: boolean;
}

/** A stream that lived this long was a good one, ms. */
const QUICK_MS = 10_000;
const MOST_QUICK_FAILURES = 3;
/** How long an automatic transport polls before it tries a stream again, ms. */
const DISTRUST_MS = 60_000;
/** The same when nothing at all could be heard, which says little about streams, ms. */
const OUTAGE_DISTRUST_MS = 5_000;

export function mayStream(
  trust: StreamTrust,
  { nowMs, transport }: { readonly nowMs: number; readonly transport: TransportChoice },
): boolean {
  if (transport !== 'automatic') return transport === 'streaming';
  return nowMs >= trust.notBeforeMs;
}

export function afterStreamFailure(
  trust: StreamTrust,
  failure: StreamFailure,
  nowMs: number,
): StreamTrust {
  const isQuick = trust.openedAtMs === null || nowMs - trust.openedAtMs < QUICK_MS;
  const quickFailures = isQuick ? trust.quickFailures + 1 : 0;
  if (!failure.isRefused && quickFailures < MOST_QUICK_FAILURES) {
    return { ...trust, quickFailures, openedAtMs: null };
  }
  const isOutage = failure.reason === 'unreachable' && !failure.isRefused;
  const notBeforeMs = nowMs + (isOutage ? OUTAGE_DISTRUST_MS : DISTRUST_MS);
  return { quickFailures: 0, openedAtMs: null, notBeforeMs };
}

/** A poll that fails as well shows an outage, which is held against streams for seconds only. */
export function afterPollFailure(trust: StreamTrust, nowMs: number): StreamTrust {
  return { ...trust, notBeforeMs: Math.min(trust.notBeforeMs, nowMs + OUTAGE_DISTRUST_MS) };
}
