import type { Page } from '@playwright/test';
import { readCache, readTruth } from './cache.ts';
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

test('L1 L2 six tabs share one stream, and another leads when the leader is closed', async ({
  server,
  profile,
}) => {
  const proxy = await Proxy.start(server.url);
  const pages: Page[] = [];
  for (let tab = 0; tab < 6; tab++) pages.push(await profile.open(proxy.url));
  const dashboards = pages.map((page) => new Dashboard(page));
  for (const { badge, spendRate } of dashboards) {
    await expect(badge).toHaveAttribute('data-state', 'streaming');
    await expect(spendRate).toContainText('$');
  }
  expect(proxy.openStreams).toBe(1);

  await pages[0]?.close();
  const last = dashboards[5] ?? dashboards[1];
  await expect.poll(() => proxy.openStreams).toBe(1);
  const asOfMs = (await last?.asOfMs()) ?? Number.NaN;
  await expect.poll(() => last?.asOfMs()).toBeGreaterThan(asOfMs + 5_000);
  for (const { badge } of dashboards.slice(1)) {
    await expect(badge).toHaveAttribute('data-state', 'streaming');
  }
  const cached = await readCache(pages[5] ?? pages[1] ?? (await profile.open(proxy.url)));
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
