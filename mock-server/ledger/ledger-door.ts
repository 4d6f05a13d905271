import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Ledger } from './ledger.ts';
import type { LedgerOpened } from './open-ledger.ts';

const RETRY_MS = 5_000;

export interface LedgerDoor {
  /** Null: not open yet, or it cannot be opened. */
  readonly ledger: () => Ledger | null;
  /** Waits for an opening under way. May be called twice. */
  readonly close: () => Promise<void>;
}

export interface DoorDeps {
  readonly open: () => Promise<LedgerOpened>;
  readonly log: Pick<Logger, 'error'>;
  /** It can be asked from now on. */
  readonly onOpen: () => void;
  readonly retryMs?: number;
}

/**
 * Opens the ledger while the API answers already, and tries again as long as there is hope; one whose database has
 * ended is opened anew.
 */
export function startLedger({ open, log, onOpen, retryMs = RETRY_MS }: DoorDeps): LedgerDoor {
  const stop = new AbortController();
  let ledger: Ledger | null = null;
  let lastReason = '';
  const stopped = once(stop.signal, 'abort').then(() => null);
  const keepOpen = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const opened = await open();
      if (opened.ok) {
        if (opened.warning !== null) log.error(opened.warning);
        ledger = opened.ledger;
        lastReason = '';
        if (stop.signal.aborted) return;
        onOpen();
        const lost = await Promise.race([opened.lost, stopped]);
        if (!lost) return;
        ledger = null;
        log.error({ err: lost }, 'the ledger is lost, and opened again');
        await opened.ledger.close().catch(() => {});
      } else {
        // Every few seconds the same would fill the log.
        if (opened.reason !== lastReason) log.error(`no ledger: ${opened.reason}`);
        lastReason = opened.reason;
        if (opened.isFinal) return;
      }
      await after(retryMs, undefined, { signal: stop.signal }).catch(() => {});
    }
  };
  const ended = keepOpen().catch((error: unknown) => log.error({ err: error }, 'no ledger'));
  let closing: Promise<void> | null = null;
  const close = async () => {
    stop.abort();
    await ended;
    const open = ledger;
    ledger = null;
    await open?.close();
  };
  return { ledger: () => ledger, close: () => (closing ??= close()) };
}
