import type { Logger } from 'pino';
import type { Ledger } from './ledger.ts';

/** More than a year, so that a month can be compared with that of the year before. */
const KEPT_MS = 400 * 86_400_000;
const EVERY_MS = 3_600_000;

export interface ForgettingDeps {
  readonly ledger: () => Pick<Ledger, 'forget'> | null;
  /** The server's clock, epoch ms. */
  readonly now: () => number;
  readonly log: Pick<Logger, 'error'>;
  readonly everyMs?: number;
}

/** Keeps the ledger from growing for ever: looks now and then for what is too old. */
export function startForgetting({ ledger, now, log, everyMs = EVERY_MS }: ForgettingDeps) {
  const forget = async () => {
    try {
      await ledger()?.forget(now() - KEPT_MS);
    } catch (error) {
      log.error({ err: error }, 'the ledger cannot forget');
    }
  };
  const timer = setInterval(() => void forget(), everyMs).unref();
  return { close: () => clearInterval(timer) };
}
