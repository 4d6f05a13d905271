import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server } from '../e2e/server.ts';
import { launchProfile } from './browser.ts';
import { serveEmptyPage } from './empty-page.ts';
import { measureSmoothness, SMOOTHNESS_COLUMNS } from './smoothness.ts';
import type { Table } from './table.ts';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 60);
const SETTLE_MS = 15_000;
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
      columns: ['load', ...SMOOTHNESS_COLUMNS],
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
    return [name, ...(await measureSmoothness(context, page, SECONDS))];
  } finally {
    await context.close();
  }
}
