import { type Freshness, freshnessOf } from '#core/view/freshness.ts';
import { isOffline } from './connection-label.ts';
import type { PageState } from './store.ts';

/** Estimate of the server's clock, epoch ms; a server never heard is taken to agree with this device. */
export function serverNowMs(state: PageState): number {
  return state.now.wallMs + (state.clockOffsetMs ?? 0);
}

/** How old the numbers on screen are. */
export function pageFreshness(state: PageState): Freshness {
  const isDown = isOffline(state.connection, state.now.steadyMs);
  return freshnessOf(state.frame?.asOfMs ?? null, serverNowMs(state), isDown);
}
