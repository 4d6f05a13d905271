import { readdirSync, readFileSync } from 'node:fs';
import type { BrowserContext, CDPSession, Page } from '@playwright/test';
import { rendererOf } from './renderer.ts';
import { medianOf, quantileOf } from './table.ts';

/** Of Linux on the usual machines. */
const MS_PER_TICK = 10;
const PAGE_BYTES = 4_096;
/** A frame that took this many times the usual counts as dropped. */
const DROPPED = 1.5;

/** What a row of `measureSmoothness` tells. */
export const SMOOTHNESS_COLUMNS = [
  'frame p50 / p95 / p99, ms',
  'dropped frames, %',
  'longest task, ms',
  'page busy, ms/s',
  'worker busy, ms/s',
  'page heap at start and end, MB',
  'memory of the renderer at start and end, MB',
] as const;

/** How smooth a page is over so many seconds, and what it costs. */
export async function measureSmoothness(
  context: BrowserContext,
  page: Page,
  seconds: number,
): Promise<string[]> {
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const renderer = await rendererOf(context);
  const before = { ...(await metricsOf(session)), ...usageOf(renderer) };
  const { frames, longestMs } = await watch(page, seconds * 1_000);
  const after = { ...(await metricsOf(session)), ...usageOf(renderer) };
  const usual = medianOf(frames);
  const dropped = frames.filter((frame) => frame > usual * DROPPED).length / frames.length;
  const p = (quantile: number) => quantileOf(frames, quantile).toFixed(1);
  const workerBusy = (after.workerMs - before.workerMs) / seconds;
  const busy = ((after.TaskDuration - before.TaskDuration) * 1_000) / seconds;
  return [
    `${p(0.5)} / ${p(0.95)} / ${p(0.99)}`,
    (dropped * 100).toFixed(2),
    longestMs === 0 ? 'none over 50' : String(Math.round(longestMs)),
    busy.toFixed(0),
    workerBusy.toFixed(0),
    `${toMb(before.JSHeapUsedSize)} / ${toMb(after.JSHeapUsedSize)}`,
    `${toMb(before.memoryBytes)} / ${toMb(after.memoryBytes)}`,
  ];
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
