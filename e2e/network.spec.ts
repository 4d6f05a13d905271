import { readCache, readCoverage, readTruth } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';
import { Proxy } from './proxy.ts';

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

  const stoppedAtMs = Date.now();
  expect(await server.stop()).toBe(0);
  expect(Date.now() - stoppedAtMs, 'an open stream does not hold it up').toBeLessThan(4_000);
  expect(proxy.lastWords.text).toContain('event: bye');
  await expect.poll(() => proxy.streamsAsked).toBe(2);
  expect(proxy.lastAskedAtMs - proxy.lastWords.atMs).toBeGreaterThanOrEqual(BYE_MS);
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
