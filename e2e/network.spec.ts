import { readCache, readCoverage, readTruth, unbrokenMs } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';
import { Proxy } from './proxy.ts';

const BUCKET_MS = 5_000;
/** What the page shows is five minutes, and the five before. */
const SHOWN_MS = 600_000;
/** Three times what the stream alone needs, bytes per second. */
const SLOW = 60_000;

/** What the buffers of two machines hold is sent first, however busy they are. */
const GIVEN_UP_MS = 40_000;
/** What a server that stops asks of its readers, ms. */
const BYE_MS = 1_000;

test('E10 a server that stops says goodbye; the page waits as told, and closes the hole', async ({
  server,
  profile,
}) => {
  const proxy = await Proxy.start(server.url);
  const dashboard = new Dashboard(await profile.open(proxy.url));
  const { page, badge, spendRate } = dashboard;
  await expect(badge).toHaveAttribute('data-state', 'streaming');
  await expect(spendRate).toContainText('$');
  await dashboard.isKept();

  const stoppedAtMs = Date.now();
  expect(await server.stop()).toBe(0);
  expect(Date.now() - stoppedAtMs, 'an open stream does not hold it up').toBeLessThan(4_000);
  expect(proxy.lastWords.text).toContain('event: bye');
  await expect.poll(() => proxy.streamsAsked).toBeGreaterThan(1);
  const waitedMs = (proxy.askedAtMs[1] ?? Number.NaN) - proxy.lastWords.atMs;
  expect(waitedMs, 'it waits as told').toBeGreaterThanOrEqual(BYE_MS);
  await expect(badge).toHaveAttribute('data-state', 'waiting');

  const downToMs = Date.now();
  await server.start();
  await expect(badge).toHaveAttribute('data-state', 'streaming');
  await expect
    .poll(async () => (await readCoverage(page)).coverage.at(-1)?.toMs)
    .toBeGreaterThan(downToMs);
  await expect
    .poll(async () => (await readCoverage(page)).coverage.length, 'the hole closes')
    .toBe(1);
  await dashboard.pause();
  const cached = await readCache(page);
  expect(cached.lines.length).toBeGreaterThan(100);
  expect(cached.lines).toEqual(await readTruth(server.url, cached.coverage));
  await proxy.close();
});

test('E11 over a slow line the page is live, fills what is missing, and holds the truth', async ({
  server,
  profile,
}) => {
  const proxy = await Proxy.start(server.url);
  proxy.line.bytesPerSecond = SLOW;
  const dashboard = new Dashboard(await profile.open(proxy.url));
  const { page, badge, spendRate } = dashboard;
  await expect(badge).toHaveAttribute('data-state', 'streaming');
  await expect(spendRate).toContainText('$');
  await expect.poll(() => unbrokenMs(page)).toBeGreaterThanOrEqual(SHOWN_MS);
  expect(proxy.streamsAsked, 'slow is no reason to begin again').toBe(1);
  await dashboard.pause();
  const cached = await readCache(page);
  expect(cached.lines).toEqual(await readTruth(server.url, cached.coverage));
  await proxy.close();
});

test.describe('with five thousand updates a second', () => {
  test.use({ settings: { FLEET_CUSTOMERS: '300', FLEET_TICK_MS: '50' } });

  test('E12 a page that cannot take the stream is cut off by the server, and recovers', async ({
    server,
    profile,
  }) => {
    const proxy = await Proxy.start(server.url);
    const dashboard = new Dashboard(await profile.open(proxy.url));
    const { page, badge, spendRate } = dashboard;
    await expect(badge).toHaveAttribute('data-state', 'streaming');
    await expect(spendRate).toContainText('$');
    const fromMs = Math.floor(Date.now() / BUCKET_MS) * BUCKET_MS;

    const behindMs = async () => Date.now() - (await dashboard.asOfMs());
    proxy.line.bytesPerSecond = 0;
    await expect
      .poll(() => server.logged, { message: 'the server gives up', timeout: GIVEN_UP_MS })
      .toContain('takes nothing, and is dropped');
    await expect
      .poll(behindMs, { message: 'the page falls behind', timeout: 40_000 })
      .toBeGreaterThan(22_000);
    proxy.line.bytesPerSecond = Number.POSITIVE_INFINITY;
    // Only now can the end come through.
    await expect.poll(() => proxy.streamsCut).toBe(1);
    await expect.poll(behindMs, 'the page is at the edge').toBeLessThan(9_000);
    await expect(badge).toHaveAttribute('data-state', 'streaming');

    await dashboard.pause();
    const cached = await readCache(page);
    const lived = cached.coverage.filter(({ toMs }) => toMs > fromMs);
    expect(lived, 'no hole').toHaveLength(1);
    expect(lived[0]?.fromMs).toBeLessThan(fromMs);
    const toMs = lived[0]?.toMs ?? Number.NaN;
    const lines = cached.lines.filter((line) => Number.parseInt(line, 10) >= fromMs);
    expect(lines.length).toBeGreaterThan(1_000);
    expect(lines).toEqual(await readTruth(server.url, [{ fromMs, toMs }]));
    await proxy.close();
  });
});
