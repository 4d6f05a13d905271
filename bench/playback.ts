import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { isFull } from '../e2e/cache.ts';
import { Dashboard } from '../e2e/dashboard.ts';
import { Server } from '../e2e/server.ts';
import { launchProfile } from './browser.ts';
import { serveEmptyPage } from './empty-page.ts';
import { measureSmoothness, SMOOTHNESS_COLUMNS } from './smoothness.ts';
import type { Table } from './table.ts';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 60);
const SETTLE_MS = 3_000;
const HOUR_MS = 3_600_000;

/** Windows to play with, and how far back to begin: what is played has to be there. */
const WINDOWS = [
  { name: '5 min', param: '5m', backMs: 22 * HOUR_MS, speed: 600 },
  { name: '1 h', param: '1h', backMs: 20 * HOUR_MS, speed: 60 },
  { name: '1 h', param: '1h', backMs: 20 * HOUR_MS, speed: 600 },
  { name: '24 h', param: '24h', backMs: 20 * HOUR_MS, speed: 600 },
] as const;

/** How smooth the page is while the past is played from the cache, the server dead, beside an empty page. */
export async function benchPlayback(): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'burnrate-bench-'));
  const server = await Server.start({ DATA_DIR: join(folder, 'data') });
  const context = await launchProfile(join(folder, 'profile'));
  try {
    const page = await context.newPage();
    await page.goto(server.url);
    await new Dashboard(page).isKept();
    await isFull(page, server.url);
    await server.kill();
    const rows = [await measureEmpty(context, page)];
    for (const one of WINDOWS) {
      const to = new Date(Math.floor(Date.now() / 60_000) * 60_000 - one.backMs);
      const query = `window=${one.param}&to=${to.toISOString()}&play=${one.speed}`;
      await page.goto(`${server.url}/?${query}`);
      await page.getByText(`Playing at ${one.speed}`).waitFor();
      await page.waitForTimeout(SETTLE_MS);
      const row = await measureSmoothness(context, page, SECONDS);
      const marks = await page.locator('.chart-mark').count();
      rows.push([`a window of ${one.name} at ${one.speed} times`, ...row, String(marks)]);
    }
    return {
      title: `24 h with incidents played, server dead, ${SECONDS} s each`,
      columns: ['what is shown', ...SMOOTHNESS_COLUMNS, 'marks of incidents at the end'],
      rows,
    };
  } finally {
    await context.close();
    await server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureEmpty(context: BrowserContext, page: Page): Promise<string[]> {
  const empty = await serveEmptyPage();
  await page.goto(empty.url);
  await page.waitForTimeout(SETTLE_MS);
  const row = await measureSmoothness(context, page, SECONDS);
  empty.close();
  return ['an empty page (the limit)', ...row, ''];
}
