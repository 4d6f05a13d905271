import { readCache, readTruth } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import { test as base, expect } from './fixtures.ts';
import { WebFront } from './web-front.ts';

const test = base.extend<{ front: WebFront }>({
  front: async ({ server }, provide) => {
    const front = await WebFront.start(server.port);
    await provide(front);
    await front.close();
  },
});

test('O32 a page survives that the server behind nginx is killed and started again, without a hole', async ({
  server,
  front,
  profile,
}) => {
  const page = await profile.open(front.url);
  const dashboard = new Dashboard(page);
  await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming');
  await expect(dashboard.spendRate).toContainText('$');
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await dashboard.isKept();
  const refused = page.waitForResponse((response) => response.status() === 502);
  await server.kill();
  await refused;
  await expect(dashboard.badge).toHaveAttribute('data-state', 'waiting');
  await expect(dashboard.spendRate).toContainText('$');
  const asOfMs = await dashboard.asOfMs();

  await server.start();
  await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming', { timeout: 60_000 });
  await expect.poll(() => dashboard.asOfMs()).toBeGreaterThan(asOfMs + 5_000);
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
  // Of an outage of more than ten seconds a part is asked for apart from the stream.
  await expect
    .poll(async () => (await readCache(page)).coverage, { timeout: 30_000 })
    .toHaveLength(1);
  await dashboard.pause();
  const cached = await readCache(page);
  expect(cached.coverage).toHaveLength(1);
  expect(cached.lines.length).toBeGreaterThan(100);
  expect(cached.lines).toEqual(await readTruth(server.url, cached.coverage));
});

test('O32 a page that nginx served is there when nginx and the server are not', async ({
  server,
  front,
  profile,
}) => {
  const page = await profile.open(`${front.url}/customers`);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await expect(page.getByRole('main')).toContainText('$');
  await front.close();
  await server.kill();
  await page.goto(front.url);
  await expect(new Dashboard(page).spendRate).toContainText('$');
});
