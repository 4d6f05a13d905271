import type { Page } from '@playwright/test';
import { differencesFromTruth, isFull, missingOf, readCoverage } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';
import { startNewerBuild } from './newer-build.ts';
import { upgradeDatabase } from './newer-database.ts';

test.use({ settings: { FLEET_CUSTOMERS: '20' } });

async function isTrue(page: Page, url: string): Promise<void> {
  for (const resolution of ['5s', '1m', '1h'] as const) {
    const { missing, extra } = await differencesFromTruth(page, url, resolution);
    expect({ resolution, missing, extra }).toEqual({ resolution, missing: [], extra: [] });
  }
}

test('S43 two builds in two tabs share one cache', async ({ server, profile }) => {
  const front = await startNewerBuild(server.url);
  const older = await profile.open(front.url);
  await new Dashboard(older).isKept();
  await expect(new Dashboard(older).spendRate).toContainText('$');
  front.publish();
  const newer = await profile.open(front.url);
  await newer.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await newer.evaluate(() => Object.assign(window, { isSamePage: true }));
  const notice = newer.getByRole('status', { name: 'Update' });
  await notice.getByRole('button', { name: 'Reload' }).click();
  await newer.waitForFunction(() => !('isSamePage' in window));
  const dashboards = [new Dashboard(older), new Dashboard(newer)];
  for (const { badge } of dashboards)
    await expect(badge).toHaveAttribute('data-state', 'streaming');
  await isFull(newer, server.url);
  await older.close();
  const asOfMs = await new Dashboard(newer).asOfMs();
  await expect.poll(() => new Dashboard(newer).asOfMs()).toBeGreaterThan(asOfMs + 5_000);
  await isTrue(newer, server.url);
  await front.close();
});

test('S44 the older tab stops writing when a newer build changes the database, and reads it after a reload', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  const dashboard = new Dashboard(page);
  await dashboard.isKept();
  await isFull(page, server.url);
  await upgradeDatabase(page);
  const { coverage } = await readCoverage(page);
  const notice = page.getByRole('status', { name: 'Storage' });
  await expect(notice).toContainText('This tab stores nothing');
  const asOfMs = await dashboard.asOfMs();
  await expect.poll(() => dashboard.asOfMs()).toBeGreaterThan(asOfMs + 5_000);
  expect((await readCoverage(page)).coverage).toEqual(coverage);

  await server.kill();
  await notice.getByRole('button', { name: 'Reload' }).click();
  await expect(dashboard.badge).toHaveAttribute('data-state', 'waiting');
  await expect.poll(() => dashboard.asOfMs()).toBe(coverage.at(-1)?.toMs);
  expect((await dashboard.chartOutline()).length).toBeGreaterThan(500);
  await expect(notice).toContainText('This tab stores nothing');
});

test('S45 a full disk keeps what it has, live numbers go on, and are stored when there is room', async ({
  server,
  profile,
}) => {
  const first = await profile.open(server.url);
  await new Dashboard(first).isKept();
  await isFull(first, server.url);
  // A browser looks at the quota when it first opens the database, and then only now and again.
  await profile.closeBrowser();
  const page = await profile.open(`${server.url}/api/health`);
  const devtools = await page.context().newCDPSession(page);
  const { origin } = new URL(server.url);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 100_000 });
  await page.goto(server.url);
  const dashboard = new Dashboard(page);
  await expect(page.getByText('Not saved on this device: its storage is full')).toBeVisible();
  await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming');
  const asOfMs = await dashboard.asOfMs();
  await expect.poll(() => dashboard.asOfMs()).toBeGreaterThan(asOfMs + 5_000);
  await isTrue(page, server.url);
  expect(await missingOf(page)).toEqual([]);

  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await page.reload();
  await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming');
  await expect
    .poll(async () => (await readCoverage(page)).coverage.at(-1)?.toMs)
    .toBeGreaterThan(asOfMs + 5_000);
  await isFull(page, server.url);
  await isTrue(page, server.url);
  await expect(page.getByText('Not saved on this device')).toHaveCount(0);
});

test('S46 a segment that is damaged on the disk is fetched again', async ({ server, profile }) => {
  const page = await profile.open(server.url);
  await isFull(page, server.url);
  await page.goto(`${server.url}/api/health`);
  const damaged = await page.evaluate(damageNewestSegment);
  expect(damaged).toBeGreaterThan(0);
  await page.goto(server.url);
  await expect(new Dashboard(page).badge).toHaveAttribute('data-state', 'streaming');
  await expect.poll(async () => (await readCoverage(page)).coverage.length).toBe(1);
  await isFull(page, server.url);
  await isTrue(page, server.url);
});

/** Flips a byte of the newest 5 s segment. @returns its start */
async function damageNewestSegment(): Promise<number> {
  const settled = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('the request failed'));
    });
  const database = await settled(indexedDB.open('burnrate'));
  const segments = database.transaction('segments', 'readwrite').objectStore('segments');
  const rows: { resolution: string; startMs: number; bytes: Uint8Array }[] = await settled(
    segments.getAll(),
  );
  const fives = rows.filter((row) => row.resolution === '5s');
  const newest = fives.reduce((best, row) => (row.startMs > best.startMs ? row : best));
  const middle = Math.floor(newest.bytes.length / 2);
  newest.bytes[middle] = (newest.bytes[middle] ?? 0) ^ 0xff;
  await settled(segments.put(newest));
  database.close();
  return newest.startMs;
}
