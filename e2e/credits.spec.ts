import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { violationsOf } from './axe.ts';
import { Dashboard, letTimePass } from './dashboard.ts';
import { expect, test } from './fixtures.ts';
import { Server } from './server.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const WIDTHS = [360, 390, 820, 1280, 1440, 1920];

/** The page of credits as a person sees it, by role and name. */
class Credits {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get table() {
    return this.page.getByRole('grid', { name: 'Messages' });
  }

  get bars() {
    return this.page.locator('.credits-bar');
  }

  /** Name and credits of the rows in sight, from the top. */
  async rows(): Promise<string[]> {
    await expect(this.table.getByRole('row').nth(1)).toBeVisible();
    const rows = this.table.locator('.messages-body').getByRole('row');
    return rows.evaluateAll((all) =>
      [...all]
        .filter((row) => Number(row.getAttribute('aria-rowindex')) <= 12)
        .map((row) => [...row.children].map((cell) => cell.textContent).join(' | ')),
    );
  }

  async sortBy(...names: string[]): Promise<void> {
    for (const name of names) await this.table.getByRole('button', { name }).click();
  }

  /** Heights of the bars: they change with any credit that is added up. */
  async outline(): Promise<string> {
    await expect(this.bars.first()).toBeVisible();
    return (
      await this.bars.evaluateAll((all) => all.map((bar) => bar.getAttribute('height')))
    ).join(' ');
  }
}

test('B30 a sorted table is shared, and stays with its chart when the server is killed', async ({
  server,
  profile,
  browser,
}) => {
  let credits = new Credits(await profile.open(`${server.url}/credits`));
  await credits.sortBy('Report Name', 'Credits Used', 'Credits Used');
  await expect(credits.page).toHaveURL(/\/credits\?sort=report,-credits$/);
  const address = credits.page.url();
  const rows = await credits.rows();
  const outline = await credits.outline();
  expect(rows.length).toBeGreaterThan(8);
  expect(outline.split(' ').length).toBeGreaterThan(20);

  const stranger = await browser.newContext();
  const shared = new Credits(await stranger.newPage());
  await shared.page.goto(address);
  expect(await shared.rows()).toEqual(rows);
  await stranger.close();

  await new Dashboard(credits.page).isKept();
  await server.kill();
  await credits.page.reload();
  expect(await credits.rows()).toEqual(rows);
  await expect.poll(() => credits.outline()).toBe(outline);

  // The deep link by itself, in a browser that begins anew.
  await profile.closeBrowser();
  credits = new Credits(await profile.open(address));
  expect(await credits.rows()).toEqual(rows);
  await expect.poll(() => credits.outline()).toBe(outline);
  await expect(credits.page).toHaveTitle('Credits · Burnrate');
  await letTimePass(credits.page, 6 * MINUTE_MS);
  await expect(credits.page.locator('main time')).toContainText('6 min ago');
  await expect(credits.page.getByRole('alert')).toContainText('cannot be reached');

  await server.start(3 * DAY_MS);
  await credits.page.keyboard.press('r');
  const changes = credits.page.getByRole('status', { name: 'Changes' });
  await expect(changes).toContainText(/\d new messages?.* since \d+ \w+ \d\d:\d\d$/);
  await expect(credits.page.getByRole('alert')).toHaveCount(0);
});

test('B31 a bar that is clicked or chosen by keyboard shows its day alone', async ({
  server,
  profile,
}) => {
  const { page, table, bars } = new Credits(await profile.open(`${server.url}/credits`));
  await expect(bars.first()).toBeVisible();
  const count = async () => Number(await table.getAttribute('aria-rowcount')) - 1;
  const all = await count();
  // Its column is as high as the chart, however little was used that day.
  const column = page.locator('.credits-column').first();
  await column.click({ position: { x: 5, y: 5 } });
  await expect(page).toHaveURL(/day=\d{4}-\d\d-\d\d/);
  await expect.poll(count).toBeLessThan(all);
  await expect(page.locator('.credits-bar-other')).not.toHaveCount(0);
  await column.click({ position: { x: 5, y: 5 } });
  await expect.poll(count).toBe(all);
  await page.goBack();
  await expect.poll(count).toBeLessThan(all);
  await page.getByRole('button', { name: /Show all days/ }).click();
  await expect.poll(count).toBe(all);

  await page.mouse.move(0, 0);
  await page.getByRole('application', { name: /Credits per day/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('.chart-tip')).toContainText(/credits/);
  const pointed = (await page.locator('.chart-tip strong').textContent()) ?? '';
  await page.keyboard.press('Enter');
  await expect.poll(count).toBeLessThan(all);
  const totals = page.getByRole('region', { name: 'Totals' });
  await expect(totals).toContainText(pointed.replace(' credits', ''));
});

test('B34 what was stored is shown while the upstream is out of order', async ({ profile }) => {
  let isBroken = false;
  let messages = [{ id: 1, text: 'ten letter', timestamp: '2026-11-03T09:15:00Z' }];
  const upstream = createServer((_request, response) => {
    if (isBroken) response.writeHead(500).end();
    else response.end(JSON.stringify({ messages }));
  });
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const address = upstream.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const dataDir = await mkdtemp(join(tmpdir(), 'burnrate-data-'));
  const server = await Server.start({
    DATA_DIR: dataDir,
    UPSTREAM_URL: `http://127.0.0.1:${address.port}`,
    LOG_LEVEL: 'silent',
  });
  try {
    const credits = new Credits(await profile.open(`${server.url}/credits?zone=UTC`));
    const { page } = credits;
    expect(await credits.rows()).toEqual(['1 | 03-11-2026 09:15 |  | 1.20']);

    isBroken = true;
    await page.reload();
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('The server cannot tell the credits now');
    expect(await credits.rows()).toEqual(['1 | 03-11-2026 09:15 |  | 1.20']);
    expect(await violationsOf(page)).toEqual([]);

    isBroken = false;
    messages = [...messages, { id: 2, text: '', timestamp: '2026-11-04T10:00:00Z' }];
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('status', { name: 'Changes' })).toContainText(
      '1 new message since',
    );
    await expect(alert).toHaveCount(0);
    await expect.poll(() => credits.rows()).toHaveLength(2);
  } finally {
    await server.kill();
    upstream.closeAllConnections();
    upstream.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});

test('B32 whoever comes to a page from another has the focus at its beginning', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  await expect(new Dashboard(page).spendRate).toContainText('$');
  const focused = page.locator(':focus');
  await page.getByRole('link', { name: 'Credits' }).click();
  await expect(focused).toHaveText('Credits');
  await expect(page).toHaveTitle('Credits · Burnrate');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(focused).toHaveText('Settings');
  await page.getByRole('link', { name: 'Live' }).click();
  await expect(focused).toHaveRole('main');
  await expect(page).toHaveTitle(/^\$.*Burnrate$/);
});

test('B35 the messages are walked over by keyboard, in sight', async ({ server, profile }) => {
  const { page, table } = new Credits(await profile.open(`${server.url}/credits`));
  await table.getByRole('button', { name: 'Credits Used' }).focus();
  await page.keyboard.press('Tab');
  const focused = table.locator('.message:focus');
  await expect(focused).toHaveAttribute('aria-rowindex', '2');
  for (const key of ['End', 'PageUp', 'Home', 'PageDown', 'ArrowDown']) {
    await page.keyboard.press(key);
    await expect(focused).toBeInViewport({ ratio: 0.98 });
  }
  expect(Number(await focused.getAttribute('aria-rowindex'))).toBeGreaterThan(3);
});

test('B33 on a phone each message is a card, and nothing sticks out at any width', async ({
  server,
  profile,
}) => {
  const credits = new Credits(await profile.open(`${server.url}/credits?sort=report`));
  const { page, table } = credits;
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await expect(credits.bars.first()).toBeVisible();
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
      .toBeLessThanOrEqual(0);
    const chart = await page.locator('.credits-chart').boundingBox();
    const right = (chart?.x ?? 0) + (chart?.width ?? 0);
    const labels = page.locator('.recharts-xAxis-tick-labels text');
    const ends = await labels.evaluateAll((all) =>
      all.map((label) => label.getBoundingClientRect()).map(({ left, right }) => [left, right]),
    );
    expect(ends.length).toBeGreaterThan(2);
    for (const [i, [left = 0, end = 0]] of ends.entries()) {
      expect(end, `label ${i} at ${width} px`).toBeLessThanOrEqual(right);
      expect(left, `label ${i} at ${width} px`).toBeGreaterThan(ends[i - 1]?.[1] ?? 0);
    }
  }
  const distance = async () => {
    const [first, second] = await Promise.all(
      [1, 2].map((row) => table.getByRole('row').nth(row).boundingBox()),
    );
    return (second?.y ?? 0) - (first?.y ?? 0);
  };
  const lineHeight = await distance();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(distance).toBeGreaterThan(lineHeight * 1.5);
  const card = table.getByRole('row').nth(1);
  for (const part of ['time', 'credits', 'report', 'id']) {
    await expect(card.locator(`.message-${part}`)).toBeVisible();
  }
});

test('U21 axe finds nothing on the page of credits, in any state of it', async ({
  server,
  profile,
}) => {
  const { page, table } = new Credits(await profile.open('about:blank'));
  const expectClean = async (state: string) => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      expect.soft(await violationsOf(page), `${state}, ${colorScheme}`).toEqual([]);
    }
  };
  await page.route(/\/(api|usage)/, (route) => route.abort());
  await page.goto(`${server.url}/credits`);
  await expect(page.getByRole('alert')).toContainText('cannot be reached');
  await expectClean('a first visit without a server');
  await page.unroute(/\/(api|usage)/);
  await page.goto(`${server.url}/credits?sort=report,-credits`);
  await expect(table.getByRole('row').nth(1)).toBeVisible();
  await expectClean('sorted');
  await page
    .locator('.credits-column')
    .first()
    .click({ position: { x: 5, y: 5 } });
  await page.getByRole('searchbox', { name: 'Search by report name' }).fill('re');
  await expectClean('searched');
  await page.setViewportSize({ width: 390, height: 844 });
  await expectClean('on a phone');
  await page.getByRole('searchbox', { name: 'Search by report name' }).fill('no such report');
  await expectClean('nothing found');
});
