import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { liveFiles, MOST_PAGE_BYTES } from '../scripts/page-size.js';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

/** Addresses of the scripts that the page has loaded by now, charts included, its worker's not. */
async function loadedScripts(page: Page): Promise<string[]> {
  const ofWorkers = new Set(page.workers().map((worker) => worker.url()));
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name),
  );
  return loaded.filter((url) => url.endsWith('.js') && !ofWorkers.has(url));
}

async function compressedBytes(scripts: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    scripts.map(async (url) => {
      const body = await (await fetch(url)).arrayBuffer();
      return gzipSync(new Uint8Array(body)).length;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

test('U81 the live page loads a bounded amount of script by itself', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  await expect(new Dashboard(page).tokenUsage.getByRole('application')).toBeVisible();
  await expect(page.getByRole('grid')).toBeVisible();
  await expect(page.getByText(/server’s figure/)).toBeVisible();
  await page.waitForLoadState('load');
  const scripts = await loadedScripts(page);
  const bytes = await compressedBytes(scripts);
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThanOrEqual(MOST_PAGE_BYTES);
  // What the build reports is no less than this.
  const reported = liveFiles(JSON.parse(readFileSync('dist/app/.vite/manifest.json', 'utf8')));
  const paths = scripts.map((url) => new URL(url).pathname.slice(1));
  expect(paths.filter((path) => !reported.includes(path))).toEqual([]);
});

test('U82 what is loaded on first use comes without a server, and takes focus and text along', async ({
  server,
  profile,
}) => {
  const dashboard = new Dashboard(await profile.open(server.url));
  const { page } = dashboard;
  await expect(dashboard.spendRate).toContainText('$');
  await dashboard.isKept();
  await server.kill();
  await page.reload();
  await expect(dashboard.spendRate).toContainText('$');

  await page.keyboard.type('fa');
  const tenants = page.getByRole('combobox', { name: 'Filter by tenant' });
  await expect(tenants).toHaveValue('a');
  await expect(tenants).toBeFocused();
  const options = page.getByRole('listbox').getByRole('option');
  await expect(options.first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tenants).toHaveAttribute('aria-expanded', 'false');

  const models = page.getByRole('combobox', { name: 'Filter by model' });
  await models.click();
  await expect(models).toHaveAttribute('aria-expanded', 'true');
  await expect(models).toBeFocused();
  const list = page.getByRole('listbox').filter({ visible: true });
  const name = await list.getByRole('option').first().innerText();
  await list.getByRole('option').first().click();
  await expect(page.getByRole('button', { name: `Remove model ${name}` })).toBeVisible();

  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
});

test('U82 a press by touch opens what was not loaded yet', async ({ server, profile }) => {
  const page = await profile.open(server.url);
  await expect(new Dashboard(page).spendRate).toContainText('$');
  const session = await page.context().newCDPSession(page);
  const field = page.getByRole('combobox', { name: 'Filter by tenant' });
  const box = await field.boundingBox();
  const x = (box?.x ?? 0) + 20;
  const y = (box?.y ?? 0) + 10;
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect(field).toHaveAttribute('aria-expanded', 'true');
  await expect(field).toBeFocused();
});
