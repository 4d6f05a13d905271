import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, CDPSession, Page } from '@playwright/test';
import { Server } from '../e2e/server.ts';
import { launchProfile } from './browser.ts';
import { serveEmptyPage } from './empty-page.ts';
import { medianOf, quantileOf, type Table } from './table.ts';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 60);
const SETTLE_MS = 15_000;
/** Of Linux on the usual machines. */
const MS_PER_TICK = 10;
const PAGE_BYTES = 4_096;
/** A frame that took this many times the usual counts as dropped. */
const DROPPED = 1.5;

const LOADS = [
  { updates: 100, FLEET_CUSTOMERS: '100', FLEET_TICK_MS: '1000' },
  { updates: 500, FLEET_CUSTOMERS: '500', FLEET_TICK_MS: '1000' },
  { updates: 1_000, FLEET_CUSTOMERS: '1000', FLEET_TICK_MS: '1000' },
  { updates: 5_000, FLEET_CUSTOMERS: '1000', FLEET_TICK_MS: '200' },
] as const;

/** How smooth the page is while updates stream in, beside an empty page in the same run. */
export async function benchLive(): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'burnrate-bench-'));
  try {
    const rows = [await measureEmpty(join(folder, 'empty'))];
    for (const { updates, ...settings } of LOADS) {
      const data = { DATA_DIR: join(folder, 'data'), ...settings };
      const server = await Server.start(data);
      const profile = join(folder, `profile-${updates}`);
      rows.push(await measure(`about ${updates} updates/s`, profile, server.url));
      await server.kill();
    }
    return {
      title: `Live page, ${SECONDS} s each after ${SETTLE_MS / 1_000} s`,
      columns: [
        'load',
        'frame p50 / p95 / p99, ms',
        'dropped frames, %',
        'longest task, ms',
        'page busy, ms/s',
        'worker busy, ms/s',
        'page heap at start and end, MB',
        'memory of the renderer at start and end, MB',
      ],
      rows,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureEmpty(profile: string): Promise<string[]> {
  const empty = await serveEmptyPage();
  const row = await measure('an empty page (the limit)', profile, empty.url);
  empty.close();
  return row;
}

async function measure(name: string, profile: string, url: string): Promise<string[]> {
  const context = await launchProfile(profile);
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.waitForTimeout(SETTLE_MS);
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    const renderer = await rendererOf(context);
    const before = { ...(await metricsOf(session)), ...usageOf(renderer) };
    const { frames, longestMs } = await watch(page, SECONDS * 1_000);
    const after = { ...(await metricsOf(session)), ...usageOf(renderer) };
    const usual = medianOf(frames);
    const dropped = frames.filter((frame) => frame > usual * DROPPED).length / frames.length;
    const p = (quantile: number) => quantileOf(frames, quantile).toFixed(1);
    const workerBusy = (after.workerMs - before.workerMs) / SECONDS;
    const busy = ((after.TaskDuration - before.TaskDuration) * 1_000) / SECONDS;
    return [
      name,
      `${p(0.5)} / ${p(0.95)} / ${p(0.99)}`,
      (dropped * 100).toFixed(2),
      longestMs === 0 ? 'none over 50' : String(Math.round(longestMs)),
      busy.toFixed(0),
      workerBusy.toFixed(0),
      `${toMb(before.JSHeapUsedSize)} / ${toMb(after.JSHeapUsedSize)}`,
      `${toMb(before.memoryBytes)} / ${toMb(after.memoryBytes)}`,
    ];
  } finally {
    await context.close();
  }
}

function watch(page: Page, ms: number): Promise<{ frames: number[]; longestMs: number }> {
  return page.evaluate(async (spanMs) => {
    const frames: number[] = [];
    let longestMs = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longestMs = Math.max(longestMs, entry.duration);
    }).observe({ entryTypes: ['longtask'] });
    const startMs = performance.now();
    let beforeMs = startMs;
    while (beforeMs - startMs < spanMs) {
      const nowMs = await new Promise<number>((resolve) => {
        requestAnimationFrame(resolve);
      });
      frames.push(nowMs - beforeMs);
      beforeMs = nowMs;
    }
    return { frames: frames.slice(1), longestMs };
  }, ms);
}

/** The process that draws the page: of several it is the one that has worked most. */
async function rendererOf(context: BrowserContext): Promise<number> {
  const browser = context.browser();
  const page = context.pages()[0];
  if (!page) throw new Error('there is no page');
  const session = await (browser?.newBrowserCDPSession() ?? context.newCDPSession(page));
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const [most] = processInfo
    .filter(({ type }) => type === 'renderer')
    .sort((a, b) => b.cpuTime - a.cpuTime);
  if (!most) throw new Error('no renderer runs');
  return most.id;
}

/** By the kernel's own account (Linux): threads that are named as Chromium names its workers, and resident pages. */
function usageOf(pid: number): { workerMs: number; memoryBytes: number } {
  const threads = readdirSync(`/proc/${pid}/task`).map((id) =>
    readFileSync(`/proc/${pid}/task/${id}/stat`, 'utf8'),
  );
  const workers = threads.filter((stat) => stat.includes('(DedicatedWorker'));
  const ticks = workers.flatMap((stat) =>
    stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14),
  );
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return {
    workerMs: ticks.reduce((sum, one) => sum + Number(one), 0) * MS_PER_TICK,
    memoryBytes: pages * PAGE_BYTES,
  };
}

async function metricsOf(session: CDPSession) {
  const { metrics } = await session.send('Performance.getMetrics');
  const valueOf = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return { TaskDuration: valueOf('TaskDuration'), JSHeapUsedSize: valueOf('JSHeapUsedSize') };
}

function toMb(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
