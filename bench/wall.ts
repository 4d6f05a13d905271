import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { BrowserContext, CDPSession } from '@playwright/test';
import { Server } from '../e2e/server.ts';
import { launchProfile } from './browser.ts';
import { fastClock } from './fast-clock.ts';
import { startFastFront } from './fast-front.ts';
import { rendererOf } from './renderer.ts';
import { medianOf, type Table } from './table.ts';
import { workerHeapOf } from './worker-heap.ts';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 1_800);
/** Everything that a wall does, it does by the clock: ticks, rotation, commits, housekeeping. */
const PACE = 20;
/** Of the server's own; beyond are limits on what it really does. */
const LONGEST_TIMER_MS = 20_000;
const SAMPLES = 30;
const SETTLE_MS = 10_000;
/** A machine that is busy with other things is late at 20 times the pace. */
const START_MS = 300_000;
const PAGE_BYTES = 4_096;

const FIGURES = {
  pageHeapMb: 'heap of the page after a collection, MB',
  workerHeapMb: 'heap of its worker after a collection, MB',
  rendererMb: 'memory of the renderer, MB',
  nodes: 'nodes of the document',
  listeners: 'event listeners',
} as const;

type Sample = Readonly<Record<keyof typeof FIGURES, number>> & { readonly hour: number };

/** What a wall weighs in the course of its time, which passes 20 times as fast. */
export async function benchWall(): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'burnrate-bench-'));
  const fromMs = Date.now();
  const clock = join(folder, 'fast-clock.mjs');
  await writeFile(clock, fastClock(fromMs, PACE, LONGEST_TIMER_MS));
  const server = await Server.start({
    DATA_DIR: join(folder, 'data'),
    NODE_OPTIONS: `--import ${pathToFileURL(clock).href}`,
  });
  const front = await startFastFront(server.url, fastClock(fromMs, PACE));
  const context = await launchProfile(join(folder, 'profile'));
  try {
    const samples = await watch(context, `${front.url}/wall`, fromMs);
    return tableOf(samples);
  } finally {
    await context.close();
    front.close();
    await server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

async function watch(context: BrowserContext, url: string, fromMs: number): Promise<Sample[]> {
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('.wall [data-state="streaming"]').waitFor({ timeout: START_MS });
  await after(SETTLE_MS);
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const workerHeap = await workerHeapOf(session);
  const renderer = await rendererOf(context);
  const samples: Sample[] = [];
  for (let number = 0; number <= SAMPLES; number++) {
    if (number > 0) await after((SECONDS * 1_000) / SAMPLES);
    // The views are not alike: each time the same one.
    await page.locator('[data-view="spend"]').waitFor();
    const hour = ((Date.now() - fromMs) * PACE) / 3_600_000;
    const sample = { hour, ...(await weigh(session, workerHeap, renderer)) };
    // Half an hour is long for whoever waits.
    console.error(JSON.stringify(sample, (_, value: unknown) => rounded(value)));
    samples.push(sample);
  }
  return samples;
}

async function weigh(
  session: CDPSession,
  workerHeap: () => Promise<number>,
  renderer: number,
): Promise<Omit<Sample, 'hour'>> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const valueOf = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return {
    pageHeapMb: valueOf('JSHeapUsedSize') / 1e6,
    workerHeapMb: (await workerHeap()) / 1e6,
    rendererMb: residentOf(renderer) / 1e6,
    nodes: valueOf('Nodes'),
    listeners: valueOf('JSEventListeners'),
  };
}

/** By the kernel's own account (Linux). */
function residentOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
}

function tableOf(samples: readonly Sample[]): Table {
  const third = Math.floor(samples.length / 3);
  const hours = (samples.at(-1)?.hour ?? 0) - (samples[0]?.hour ?? 0);
  return {
    title: `A wall for ${SECONDS} s at ${PACE} times the pace: ${hours.toFixed(1)} h of its time`,
    columns: [
      'what',
      'first third, median',
      'last third, median',
      'most',
      'a day of its time, more by',
    ],
    rows: Object.entries(FIGURES).map(([key, name]) => {
      const valueOf = (sample: Sample) => sample[key as keyof typeof FIGURES]; // from FIGURES itself
      const of = (some: readonly Sample[]) => medianOf(some.map(valueOf)).toFixed(1);
      return [
        name,
        of(samples.slice(0, third)),
        of(samples.slice(-third)),
        Math.max(...samples.map(valueOf)).toFixed(1),
        (slopeOf(samples.map((one) => [one.hour, valueOf(one)])) * 24).toFixed(1),
      ];
    }),
  };
}

/** Of the straight line with the least squares. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, one) => sum + one, 0) / values.length;
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  const common = mean(points.map(([x, y]) => (x - meanX) * (y - meanY)));
  return common / mean(points.map(([x]) => (x - meanX) ** 2));
}

function rounded(value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(2)) : value;
}
