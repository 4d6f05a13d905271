import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { isFull, readCoverage } from '../e2e/cache.ts';
import { Dashboard, letTimePass } from '../e2e/dashboard.ts';
import { Server } from '../e2e/server.ts';
import { launchProfile } from './browser.ts';
import { CountingProxy } from './counting-proxy.ts';
import type { Table } from './table.ts';

const HOUR_MS = 3_600_000;
const ABSENCES_H = [8, 24];
const WINDOW_MS = 300_000;
const LOOK_EVERY_MS = 5;

/** What it takes to come back after an absence, with 100 customers. */
export async function benchCatchUp(): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'burnrate-bench-'));
  const rows: string[][] = [];
  try {
    for (const hours of ABSENCES_H) {
      const server = await Server.start({ DATA_DIR: join(folder, `data-${hours}`) });
      const proxy = await CountingProxy.start(server.port);
      const context = await launchProfile(join(folder, `profile-${hours}`));
      const page = await context.newPage();
      if (hours === ABSENCES_H[0]) rows.push(await firstVisit(page, proxy, server));
      else await page.goto(proxy.url);
      await isFull(page, server.url);
      rows.push(await comeBack(page, proxy, server, hours));
      await context.close();
      await server.kill();
      proxy.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return {
    title: 'Catching up, 100 customers, over a stream, all that the server sent counted',
    columns: [
      'after',
      'first whole window: ms / KB',
      'all that is required: ms / KB / questions to history',
    ],
    rows,
  };
}

async function firstVisit(page: Page, proxy: CountingProxy, server: Server): Promise<string[]> {
  const startMs = performance.now();
  await page.goto(proxy.url);
  return figuresOf(
    'a first visit, the files of the page included',
    page,
    proxy,
    server,
    startMs,
    0,
  );
}

async function comeBack(
  page: Page,
  proxy: CountingProxy,
  server: Server,
  hours: number,
): Promise<string[]> {
  const beforeMs = await new Dashboard(page).asOfMs();
  await server.kill();
  await letTimePass(page, hours * HOUR_MS);
  await server.start(hours * HOUR_MS);
  proxy.reset();
  const startMs = performance.now();
  await page.keyboard.press('r');
  return figuresOf(`${hours} h`, page, proxy, server, startMs, beforeMs + (hours - 1) * HOUR_MS);
}

/** Whether five minutes that end after `laterThanMs` are cached whole. */
async function isWindowThere(page: Page, laterThanMs: number): Promise<boolean> {
  const last = (await readCoverage(page)).coverage.at(-1);
  return last !== undefined && last.toMs > laterThanMs && last.toMs - last.fromMs >= WINDOW_MS;
}

async function figuresOf(
  name: string,
  page: Page,
  proxy: CountingProxy,
  server: Server,
  startMs: number,
  laterThanMs: number,
): Promise<string[]> {
  const dashboard = new Dashboard(page);
  await dashboard.tokenUsage.locator('time').waitFor();
  while (!(await isWindowThere(page, laterThanMs))) await page.waitForTimeout(LOOK_EVERY_MS);
  const window = [performance.now() - startMs, proxy.bytes / 1_000];
  await isFull(page, server.url);
  const all = [performance.now() - startMs, proxy.bytes / 1_000, proxy.historyAsked];
  const cell = (figures: readonly number[]) => figures.map((one) => one.toFixed(0)).join(' / ');
  return [name, cell(window), cell(all)];
}
