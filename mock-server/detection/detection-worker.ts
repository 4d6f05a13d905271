// The thread of the detection: everything that computes for long is here, so that the API goes on answering.
import { setPriority } from 'node:os';
import { setTimeout as after } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { DEFAULT_SETTINGS } from '#core/anomaly/settings.ts';
import { RESOLUTION_MS } from '#core/time/resolution.ts';
import { openSource } from '../source.ts';
import { DetectionRun } from './detection-run.ts';
import type { FromDetection, ToDetection, WorkerData } from './messages.ts';

/** While the past is watched, whoever is asked something goes first; what is live needs little. */
const NICE = 10;

const DAY_MS = 24 * RESOLUTION_MS['1h'];

const { config, startedAtMs } = workerData as WorkerData; // put there by `startDetection`
const now = () => Date.now() + config.clockOffsetMs;
const post = (message: FromDetection) => parentPort?.postMessage(message);

const opened = await openSource(config, startedAtMs);
if (!opened.ok) throw new Error(opened.reason);
const { store } = opened;
const run = new DetectionRun(
  {
    store,
    settings: DEFAULT_SETTINGS,
    rebuiltMs: config.detectionDays * DAY_MS,
    save: (save) => post({ type: 'save', ...save }),
    log: (message) => post({ type: 'log', message }),
    clock: () => performance.now(),
    onBackground: () => {
      // Elsewhere than on Linux it would be the priority of the whole process.
      if (process.platform === 'linux') setPriority(NICE);
    },
  },
  now(),
);
parentPort?.on('message', (message: ToDetection) => run.take(message, now()));
post({ type: 'opened', epoch: store.epoch });
for (;;) await after(run.step(now()));
