import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { isFull, readTruth } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

const HOUR_MS = 3_600_000;
const SPANS = ['15 min', '1 h', '24 h', '7 d', '30 d', '5 min'];

test('N2 N4 every window is there with the server dead', async ({ server, profile }) => {
  profile.expectComplaint(/ERR_CONNECTION_REFUSED/);
  const page = await profile.open(server.url);
  const dashboard = new Dashboard(page);
  await dashboard.isKept();
  await isFull(page, server.url);
  await server.kill();
  await page.reload();
  await expect(dashboard.badge).toHaveAttribute('data-state', 'waiting');
  for (const span of SPANS) {
    await page.getByRole('radio', { name: span, exact: true }).check({ force: true });
    await expect(dashboard.tokenUsage).toContainText(`in the last ${span}`);
    await expect(dashboard.tokenUsage).not.toContainText('known of');
    expect((await dashboard.chartOutline()).length).toBeGreaterThan(500);
  }
});

test('N5 N8 a link to what is not cached says so without a server, and shows it with one', async ({
  server,
  profile,
}) => {
  profile.expectComplaint(/ERR_CONNECTION_REFUSED/);
  const page = await profile.open(server.url);
  await new Dashboard(page).isKept();
  await isFull(page, server.url);
  await server.kill();
  const to = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3 * 86_400_000);
  await page.goto(`${server.url}/?window=1h&to=${to.toISOString()}`);
  const mode = page.getByRole('status', { name: 'Mode' });
  await expect(mode).toContainText('not on this device, it comes when the server is back');
  await server.start();
  await page.keyboard.press('r');
  await expect(mode).not.toContainText('on this device');
  await expect(mode).not.toContainText('reading');
  const dashboard = new Dashboard(page);
  await expect(dashboard.tokenUsage).toContainText('in the 1 h to');
  expect((await dashboard.chartOutline()).length).toBeGreaterThan(500);
});

test('N6 the table of what is shown adds up to what is shown, and to the history of the server', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  const dashboard = new Dashboard(page);
  await isFull(page, server.url);
  await page.getByRole('radio', { name: '1 h', exact: true }).check({ force: true });
  await page.getByRole('button', { name: 'Stop here' }).click();
  await expect(dashboard.tokenUsage).toContainText('in the 1 h to');
  const shown = await page
    .getByRole('region', { name: 'Key figures' })
    .getByText('$')
    .first()
    .textContent();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  const file = await (await downloading).path();
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\r\n');
  const cells = lines.map((line) => line.split(','));
  const usd = cells.reduce((sum, line) => sum + Number(line[7]), 0);
  expect(`$${Math.round(usd).toLocaleString('en-US')}`).toBe(shown);

  // More lines than a call takes arguments at midday; they ascend in time.
  const startOf = (line: readonly string[] | undefined) => Date.parse(line?.[0] ?? '');
  const span = { fromMs: startOf(cells[0]), toMs: startOf(cells.at(-1)) + 5_000 };
  const truth = await readTruth(server.url, [span]);
  const asTruth = cells.map(([start, , tenant, customer, model, calls, tokens, cost, latency]) => {
    const microUsd = Math.round(Number(cost) * 1e6);
    return `${Date.parse(start ?? '')} ${tenant}/${customer}/${model} ${calls} ${tokens} ${microUsd} ${latency}`;
  });
  expect(asTruth.sort()).toEqual(truth);
});

/** The end that the address names, epoch ms. */
const endOf = (page: Page) => Date.parse(new URL(page.url()).searchParams.get('to') ?? '');

/** A time of day as this browser would tell it. */
const minuteOf = (page: Page, atMs: number) =>
  page.evaluate((ms) => new Date(ms).toLocaleTimeString('en-GB', { timeStyle: 'short' }), atMs);

test('N1 N3 a link to a stretch of the past shows the same to whoever opens it', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  const dashboard = new Dashboard(page);
  await page.getByRole('radio', { name: '1 h', exact: true }).check({ force: true });
  // Whole, and not "known of".
  await expect(dashboard.tokenUsage).toContainText('in the last 1 h', { timeout: 40_000 });
  await page.getByRole('button', { name: 'Stop here' }).click();
  const mode = page.getByRole('status', { name: 'Mode' });
  await expect(mode).toContainText('Historical');
  await expect.poll(() => endOf(page)).toBeGreaterThan(0);
  const stoppedMs = endOf(page);
  // Four hours back at 5 s is more than is always fetched.
  for (let step = 0; step < 8; step++) await page.keyboard.press(',');
  const toMs = stoppedMs - 4 * HOUR_MS;
  await expect.poll(() => endOf(page)).toBe(toMs);
  // The panel follows when it has read what was asked for.
  await expect(dashboard.tokenUsage).toContainText(`in the 1 h to ${await minuteOf(page, toMs)}`);
  const told = await dashboard.tokenUsage.getByText('in the 1 h to').textContent();
  const between = await dashboard.tokenUsage.getByText(/^Between /).textContent();

  const other = await profile.open(page.url());
  const theirs = new Dashboard(other);
  await expect(theirs.tokenUsage).toContainText(told ?? 'nothing');
  // The least and the most of all points, to the last token.
  await expect(theirs.tokenUsage).toContainText(between ?? 'nothing');
  await other.keyboard.press('l');
  await expect(other.getByRole('status', { name: 'Mode' })).toHaveCount(0);
  await expect(theirs.tokenUsage).toContainText('in the last 1 h');
});

test('N7 a stretch of the chart that is marked is shown alone', async ({ server, profile }) => {
  const page = await profile.open(server.url);
  const dashboard = new Dashboard(page);
  await isFull(page, server.url);
  await page.getByRole('radio', { name: '1 h', exact: true }).check({ force: true });
  await expect(dashboard.tokenUsage).toContainText('in the last 1 h');
  const plot = await dashboard.tokenUsage.getByRole('application').boundingBox();
  if (!plot) throw new Error('there is no chart');
  const at = (share: number) => plot.x + plot.width * share;
  const middle = plot.y + plot.height / 2;
  await page.mouse.move(at(0.4), middle);
  await page.mouse.down();
  await page.mouse.move(at(0.5), middle, { steps: 5 });
  await page.mouse.move(at(0.6), middle, { steps: 5 });
  await expect(page.locator('.chart-selection')).toBeVisible();
  await page.mouse.up();
  await expect(page.locator('.chart-selection')).toHaveCount(0);
  await expect(page.getByRole('status', { name: 'Mode' })).toContainText('Historical');
  // A fifth of an hour and of the room for the axis.
  await expect(dashboard.tokenUsage).toContainText(/in the 1[2-4] min( \d+ s)? to/);
  const { searchParams } = new URL(page.url());
  const spanMs =
    Date.parse(searchParams.get('to') ?? '') - Date.parse(searchParams.get('from') ?? '');
  expect(spanMs % 10_000).toBe(0);
  await page.keyboard.press('l');
  await expect(dashboard.tokenUsage).toContainText('in the last 5 min');
});
