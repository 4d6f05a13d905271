import { FINEST_MS } from '#core/time/resolution.ts';
import { type Freshness, freshnessOf } from '#core/view/freshness.ts';
import { isOffline } from './connection-label.ts';
import type { PageState } from './store.ts';

/** Estimate of the server's clock, epoch ms; a server never heard is taken to agree with this device. */
export function serverNowMs(state: PageState): number {
  return state.now.wallMs + (state.clockOffsetMs ?? 0);
}

/** The newest instant that can be shown, epoch ms: now, unless no more has come than the frame has. */
export function edgeMs(state: PageState): number {
  const { frame } = state;
  if (!frame || frame.range.endMs === null) return serverNowMs(state);
  const frameEndMs = frame.tokenSeries.fromMs + frame.windowMs;
  return frameEndMs < frame.range.endMs ? frameEndMs : serverNowMs(state);
}

/** A clock that was never compared with the server's may be wrong by so much. */
const UNKNOWN_CLOCK_MS = 86_400_000;
const KNOWN_CLOCK_MS = 60_000;

/** What lies beyond is surely in the future, by the server's clock, epoch ms. */
export function latestMs({ now, clockOffsetMs }: Pick<PageState, 'now' | 'clockOffsetMs'>): number {
  if (clockOffsetMs === null) return now.wallMs + UNKNOWN_CLOCK_MS;
  return now.wallMs + clockOffsetMs + KNOWN_CLOCK_MS;
}

/** How old the numbers on screen are. */
export function pageFreshness(state: PageState): Freshness {
  const isDown = isOffline(state.connection, state.now.steadyMs);
  const { asOfMs, tokenSeries } = state.frame ?? { asOfMs: null };
  // What the user has stopped at is as old as it should be.
  if (state.frame && state.frame.range.endMs !== null) return 'live';
  // Wide buckets close later: what is as new as it can be is live.
  const slackMs = Math.max(0, (tokenSeries?.resolutionMs ?? 0) - FINEST_MS);
  const nowMs = serverNowMs(state);
  const isWide = asOfMs !== null && asOfMs < nowMs;
  return freshnessOf(isWide ? Math.min(asOfMs + slackMs, nowMs) : asOfMs, nowMs, isDown);
}
