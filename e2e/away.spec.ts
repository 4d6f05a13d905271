import type { Page } from '@playwright/test';
import { missingFrom } from '#core/time/intervals.ts';
import { differencesFromTruth, isFull, missingOf, readCoverage } from './cache.ts';
import { Dashboard, letTimePass } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const RESOLUTIONS = ['5s', '1m', '1h'] as const;

/** Starts of the spans of 5 s that history is asked for, in order. */
function watchHistory(page: Page): number[] {
  const asked: number[] = [];
  page.context().on('request', (request) => {
    const url = new URL(request.url());
    if (!url.pathname.endsWith('/history')) return;
    if (url.searchParams.get('resolution') === '5s')
      asked.push(Number(url.searchParams.get('from')));
  });
  return asked;
}

test('S47 an hour away, a dead server, a restarted browser: a day is there, and the gap closes newest first', async ({
  server,
  profile,
}) => {
  // Two servers, two browsers and two comparisons of all rows.
  test.slow();
  let page = await profile.open(server.url);
  await new Dashboard(page).isKept();
  await isFull(page, server.url);
  const [seen] = (await readCoverage(page)).coverage;
  if (!seen) throw new Error('nothing is covered');
  await server.kill();
  await letTimePass(page, HOUR_MS);
  await server.start(HOUR_MS);
  await page.keyboard.press('r');
  await expect(new Dashboard(page).badge).toHaveAttribute('data-state', 'streaming');
  await isFull(page, server.url);

  await server.kill();
  await profile.closeBrowser();
  page = await profile.open(server.url);
  const dashboard = new Dashboard(page);
  await expect(dashboard.spendRate).toContainText('$');
  await expect(dashboard.badge).toHaveAttribute('data-state', 'waiting');
  expect(await missingOf(page)).toEqual([]);
  const fives = (await readCoverage(page)).coverage;
  const seenToMs = fives.at(-1)?.toMs ?? 0;
  expect(seenToMs - seen.toMs).toBeGreaterThanOrEqual(HOUR_MS);
  expect(missingFrom(fives, seen)).toEqual([]);
  const minutes = (await readCoverage(page, '1m')).coverage.at(-1);
  expect((minutes?.toMs ?? 0) - (minutes?.fromMs ?? 0)).toBeGreaterThanOrEqual(24 * HOUR_MS);

  const asked = watchHistory(page);
  await server.start(HOUR_MS + 40 * MINUTE_MS);
  await page.keyboard.press('r');
  await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming');
  await expect.poll(() => dashboard.asOfMs()).toBeGreaterThan(seenToMs + 39 * MINUTE_MS);
  await isFull(page, server.url);
  expect(asked.length).toBeGreaterThan(2);
  expect(asked).toEqual(asked.toSorted((a, b) => b - a));
  // Nothing is asked twice: what was seen is not asked for again.
  expect(Math.min(...asked)).toBeGreaterThanOrEqual(seenToMs);
  for (const resolution of RESOLUTIONS) {
    const { missing, extra } = await differencesFromTruth(page, server.url, resolution);
    expect({ resolution, missing, extra }).toEqual({ resolution, missing: [], extra: [] });
  }
});

test('S48 what was exported opens on another device without a server', async ({
  server,
  profile,
}, testInfo) => {
  const page = await profile.open(server.url);
  await new Dashboard(page).isKept();
  await isFull(page, server.url);
  await page.getByRole('link', { name: 'Settings' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = testInfo.outputPath('cache.burnrate');
  await (await downloading).saveAs(file);

  // Another device: nothing of this one's is there but the page and the file.
  await page.goto(`${server.url}/api/health`);
  await page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name ?? '');
    localStorage.clear();
  });
  await server.kill();
  await profile.closeBrowser();
  const other = await profile.open(`${server.url}/settings`);
  await other.getByLabel('Import a file').setInputFiles(file);
  await other.getByRole('link', { name: 'Look at it' }).click();
  const dashboard = new Dashboard(other);
  await expect(other.getByRole('status', { name: 'Evidence' })).toContainText('cache.burnrate');
  await expect(dashboard.spendRate).toContainText('$');
  expect((await dashboard.chartOutline()).length).toBeGreaterThan(500);
  await other.getByRole('link', { name: 'Back to live' }).click();
  // What was imported is not taken for what the server says.
  await expect(dashboard.badge).toHaveAttribute('data-state', 'waiting');
  await expect(dashboard.spendRate).not.toContainText('$');
});
