import { setTimeout as after } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { AnomalySettings } from '#core/anomaly/settings.ts';
import type { Anomaly } from '#core/wire/anomalies.ts';
import type { Config } from '../config.ts';
import {
  type FromDetection,
  type Keeper,
  LEARNT_SLOTS,
  type ToDetection,
  type WorkerData,
  learntKey,
} from './messages.ts';
import { SaveQueue } from './save-queue.ts';

/** How often it is looked whether the ledger is open. */
const LEDGER_POLL_MS = 100;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** A thread that ran for so long is no thread that cannot run. */
const STABLE_MS = 120_000;

export interface DetectionDeps {
  readonly config: Config;
  /** The time that the source was opened with, epoch ms. */
  readonly startedAtMs: number;
  /** Null: not open now. */
  readonly ledger: () => Keeper | null;
  /** What the ledger has taken, in the order in which it has. */
  readonly onChange: (changes: readonly Anomaly[]) => void;
  readonly log: Pick<Logger, 'error' | 'info'>;
}

export interface Detection {
  /** Judges by other settings from now on. */
  readonly configure: (settings: AnomalySettings) => void;
  /** May be called twice. Not before it has ended may the ledger be closed. */
  readonly close: () => Promise<void>;
}

/** Detects in a thread of its own, which is started again when it dies, and writes into the ledger what it finds. */
export function startDetection(deps: DetectionDeps): Detection {
  const stop = new AbortController();
  let settings: AnomalySettings | null = null;
  let thread: Worker | null = null;
  const keepRunning = async (): Promise<void> => {
    let retryMs = FIRST_RETRY_MS;
    while (!stop.signal.aborted) {
      const startedMs = performance.now();
      thread = startThread(deps);
      if (settings) tell(thread, { type: 'settings', settings });
      const reason = await endOf(thread, deps, stop.signal);
      thread = null;
      if (stop.signal.aborted) return;
      if (performance.now() - startedMs > STABLE_MS) retryMs = FIRST_RETRY_MS;
      deps.log.error(`the detection has ended and is started again: ${reason}`);
      await after(retryMs, undefined, { signal: stop.signal }).catch(() => {});
      retryMs = Math.min(LONGEST_RETRY_MS, 2 * retryMs);
    }
  };
  const running = keepRunning();
  return {
    configure: (wanted) => {
      settings = wanted;
      if (thread) tell(thread, { type: 'settings', settings: wanted });
    },
    close: () => {
      stop.abort();
      return running;
    },
  };
}

/** Serves a thread until it ends, or until another ledger is open than it goes on from. @returns why */
async function endOf(thread: Worker, deps: DetectionDeps, stopped: AbortSignal): Promise<string> {
  let queue: SaveQueue | null = null;
  let epoch = '';
  const ended = new Promise<string>((resolve) => {
    const begin = async (ofEpoch: string): Promise<void> => {
      epoch = ofEpoch;
      const ledger = await openLedger(deps, stopped);
      if (!ledger) return;
      tell(thread, await keptIn(ledger, epoch));
      queue = new SaveQueue({ ...deps, epoch, bound: ledger, onOther: resolve });
    };
    thread.on('message', (message: FromDetection) => {
      if (message.type === 'log') deps.log.info(`the detection: ${message.message}`);
      else if (message.type === 'save') queue?.add(message);
      else begin(message.epoch).catch((error: unknown) => resolve(messageOf(error)));
    });
    thread.once('error', (error) => resolve(messageOf(error)));
    thread.once('exit', (code) => resolve(`its thread has ended with ${code}`));
    stopped.addEventListener('abort', () => resolve('the server stops'), { once: true });
  });
  const reason = await ended;
  await thread.terminate();
  // TypeScript does not see that it was set meanwhile.
  await (queue as SaveQueue | null)?.close(); // set in a callback
  return reason;
}

async function openLedger({ ledger }: DetectionDeps, stopped: AbortSignal): Promise<Keeper | null> {
  while (!stopped.aborted) {
    const open = ledger();
    if (open) return open;
    await after(LEDGER_POLL_MS, undefined, { signal: stopped }).catch(() => {});
  }
  return null;
}

async function keptIn(ledger: Keeper, epoch: string): Promise<ToDetection> {
  const point = await ledger.checkpoint(epoch);
  const learnt = [];
  for (const slot of LEARNT_SLOTS) learnt.push(await ledger.checkpoint(learntKey(epoch, slot)));
  return { type: 'resume', point, learnt };
}

function tell(thread: Worker, message: ToDetection): void {
  thread.postMessage(message);
}

/** The build puts the thread's program beside the server's. */
function startThread({ config, startedAtMs }: DetectionDeps): Worker {
  const isSource = import.meta.url.endsWith('.ts');
  const file = isSource ? 'detection-worker-source.js' : 'detection-worker.js';
  const workerData: WorkerData = { config, startedAtMs };
  return new Worker(new URL(file, import.meta.url), { workerData, stdout: true });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
