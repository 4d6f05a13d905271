import type { Page } from '@playwright/test';
import { isFull, readCache, readTruth } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';
import { Proxy } from './proxy.ts';

/** Headless browsers show every tab at once: that a tab is hidden is told to the page by a script. */
async function setVisible(page: Page, isVisible: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    isVisible ? 'visible' : 'hidden',
  );
}

/** What the issue allows between the end of the leading tab and the stream of another, ms. */
const TAKEOVER_MS = 2_000;
const TABS = 10;

test('L1 L2 ten tabs share one connection, and another streams within 2 s of the end of the leader', async ({
  server,
  profile,
}) => {
  const proxy = await Proxy.start(server.url);
  const leader = new Dashboard(await profile.open(proxy.url));
  const others: Dashboard[] = [];
  while (others.length < TABS - 1) others.push(new Dashboard(await profile.open(proxy.url)));
  for (const { badge, spendRate } of [leader, ...others]) {
    await expect(badge).toHaveAttribute('data-state', 'streaming');
    await expect(spendRate).toContainText('$');
  }
  expect(proxy).toMatchObject({ openStreams: 1, streamsAsked: 1, pollsAsked: 0 });

  await isFull(leader.page, server.url);
  const closedAtMs = Date.now();
  await leader.page.close();
  await expect.poll(() => proxy.streamsHeard, { timeout: TAKEOVER_MS, intervals: [25] }).toBe(2);
  const takeoverMs = proxy.lastHeardAtMs - closedAtMs;
  test.info().annotations.push({ type: 'takeover, ms', description: String(takeoverMs) });
  expect(takeoverMs).toBeLessThan(TAKEOVER_MS);

  // All go on, past the buckets in which the leader ended and the other began.
  for (const tab of others) {
    await expect(tab.badge).toHaveAttribute('data-state', 'streaming');
    await expect.poll(() => tab.asOfMs()).toBeGreaterThan(closedAtMs + TAKEOVER_MS);
  }
  expect(proxy).toMatchObject({ openStreams: 1, streamsAsked: 2, pollsAsked: 0 });
  const cached = await readCache(others[0]?.page ?? leader.page);
  expect(cached.coverage, 'no hole').toHaveLength(1);
  expect(cached.coverage[0]?.toMs).toBeGreaterThan(closedAtMs + TAKEOVER_MS);
  expect(cached.lines).toEqual(await readTruth(server.url, cached.coverage));
  await proxy.close();
});

test('C21 polls while a proxy refuses streams or holds them back, and says so', async ({
  server,
  profile,
}) => {
  const proxy = await Proxy.start(server.url);
  proxy.streamMode = 'refuse';
  const dashboard = new Dashboard(await profile.open(proxy.url));
  await expect(dashboard.badge).toHaveAttribute('data-state', 'polling');
  await expect(dashboard.spendRate).toContainText('$');
  proxy.streamMode = 'hold back';
  await dashboard.page.reload();
  await expect(dashboard.badge).toHaveAttribute('data-state', 'polling');
  proxy.streamMode = 'pass';
  await dashboard.page.reload();
  await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming');
  await proxy.close();
});

test('C24 L4 the user pauses, resumes, and chooses how often to poll', async ({
  server,
  profile,
}) => {
  const proxy = await Proxy.start(server.url);
  const dashboard = new Dashboard(await profile.open(proxy.url));
  const { page, badge } = dashboard;
  await expect(badge).toHaveAttribute('data-state', 'streaming');
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(badge).toHaveAttribute('data-state', 'paused');
  await expect.poll(() => proxy.openStreams).toBe(0);
  await page.keyboard.press('p');
  await expect(badge).toHaveAttribute('data-state', 'streaming');
  await page.getByRole('combobox', { name: 'Transport' }).selectOption('polling');
  await expect(badge).toHaveAttribute('data-state', 'polling');
  await page.getByRole('combobox', { name: 'Polling interval' }).selectOption('1000');
  const polls = proxy.pollsAsked;
  await expect.poll(() => proxy.pollsAsked).toBeGreaterThan(polls + 3);
  await page.reload();
  await expect(badge).toHaveAttribute('data-state', 'polling');
  await proxy.close();
});

test('L6 rests while hidden, and shows the present at once when it is shown', async ({
  server,
  profile,
}) => {
  const proxy = await Proxy.start(server.url);
  const dashboard = new Dashboard(await profile.open(proxy.url));
  await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming');
  await setVisible(dashboard.page, false);
  await expect.poll(() => proxy.openStreams).toBe(0);
  const streams = proxy.streamsAsked;
  await setVisible(dashboard.page, true);
  await expect.poll(() => proxy.streamsAsked).toBe(streams + 1);
  await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming');
  const cached = await readCache(dashboard.page);
  expect(cached.lines).toEqual(await readTruth(server.url, cached.coverage));
  await proxy.close();
});

test('V15 U70 a slice is recomputed here, is in the address, and outlives the server', async ({
  server,
  profile,
}) => {
  const dashboard = new Dashboard(await profile.open(server.url));
  const { page } = dashboard;
  const customers = page.getByRole('region', { name: 'Top customers' });
  await expect(customers.getByRole('row')).not.toHaveCount(1);
  const name = await customers.getByRole('row').nth(1).getByRole('button').first().textContent();
  const all = await dashboard.tokenUsage.textContent();
  await customers.getByRole('row').nth(1).getByRole('button').first().click();
  await expect(customers.getByRole('row')).toHaveCount(2);
  expect(new URL(page.url()).searchParams.getAll('customer')).toEqual([name]);
  expect(await dashboard.tokenUsage.textContent()).not.toBe(all);

  await dashboard.isKept();
  await server.kill();
  await page.reload();
  await expect(customers.getByRole('row')).toHaveCount(2);
  await expect(customers).toContainText(name ?? '');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(customers.getByRole('row')).not.toHaveCount(2);
  expect(new URL(page.url()).search).toBe('');
});
