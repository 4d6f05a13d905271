import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { isFull, readTruth } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

const choose = (page: Page, span: string) =>
  page.getByRole('radio', { name: span, exact: true }).check({ force: true });

/** Size of a PNG as the browser decodes it, how many colours it has, and how many pixels of the chart's line. */
async function decoded(page: Page, png: Buffer) {
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: [] };
    const pixels = new Uint32Array(new Uint8Array(data).buffer);
    const line = document.querySelector('.chart-area path.recharts-area-curve');
    const [r = 0, g = 0, b = 0] =
      (line ? getComputedStyle(line).stroke : '').match(/\d+/g)?.map(Number) ?? [];
    const ofLine = pixels.filter(
      (one) => one === new Uint32Array(new Uint8Array([r, g, b, 255]).buffer)[0],
    );
    const colours = new Set(pixels).size;
    return { width: image.width, height: image.height, colours, linePixels: ofLine.length };
  }, png.toString('base64'));
}

test('U90 the chart is saved as a picture with the server dead', async ({ server, profile }) => {
  profile.expectComplaint(/ERR_CONNECTION_REFUSED/);
  const page = await profile.open(server.url);
  const dashboard = new Dashboard(page);
  await dashboard.isKept();
  await isFull(page, server.url);
  await server.kill();
  await page.reload();
  await choose(page, '1 h');
  await expect(dashboard.tokenUsage).toContainText('in the last 1 h');
  const plot = await dashboard.tokenUsage.getByRole('application').boundingBox();
  if (!plot) throw new Error('there is no chart');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the chart as PNG' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(
    /^burnrate-\d{4}-\d\d-\d\dT\d{4}Z-\d{4}-\d\d-\d\dT\d{4}Z-5s\.png$/,
  );
  const png = readFileSync(await download.path());
  const { width, height, colours, linePixels } = await decoded(page, png);
  expect(width).toBe(Math.round((plot.width + 48) * 2));
  expect(height).toBeGreaterThan(2 * plot.height);
  // Text and lines have smooth edges: an empty picture has one colour.
  expect(colours).toBeGreaterThan(50);
  expect(linePixels).toBeGreaterThan(plot.width / 2);
});

/** The corners of a drawn shape, in the amounts of the chart's scale. */
async function amountsOf(page: Page, shape: string): Promise<readonly number[]> {
  return page.evaluate((selector) => {
    const units: Record<string, number> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 };
    const ticks = [...document.querySelectorAll('.recharts-yAxis-tick-labels text')].map((tick) => {
      const [, digits = '', unit = ''] = /^([\d.]+)([KMBT]?)$/.exec(tick.textContent) ?? [];
      return { y: Number(tick.getAttribute('y')), amount: Number(digits) * (units[unit] ?? 1) };
    });
    const [zero, top] = [ticks.at(0), ticks.at(-1)];
    const path = document.querySelector(selector)?.getAttribute('d') ?? '';
    if (!zero || !top || path === '') throw new Error(`no scale or no ${selector}`);
    const perPx = (top.amount - zero.amount) / (zero.y - top.y);
    return [...path.matchAll(/[ML]?[-\d.e]+,([-\d.e]+)/g)].map(
      ([, y]) => (zero.y - Number(y)) * perPx,
    );
  }, shape);
}

test('V18 V19 a day shows its busiest minute, which the line flattens', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  const dashboard = new Dashboard(page);
  await isFull(page, server.url);
  await choose(page, '24 h');
  await expect(dashboard.tokenUsage).toContainText('in the last 24 h');
  await page.getByRole('button', { name: 'Stop here' }).click();
  const customers = page.getByRole('region', { name: 'Top customers' });
  await customers.getByRole('row').nth(1).getByRole('button').first().click();
  await expect(page).toHaveURL(/customer=/);
  const { searchParams } = new URL(page.url());
  const name = searchParams.get('customer') ?? '';
  const toMs = Date.parse(searchParams.get('to') ?? '');
  const span = { fromMs: toMs - 86_400_000, toMs };
  const minutes = new Map<number, number>();
  for (const line of await readTruth(server.url, [span], '1m')) {
    const [start = '', series = '', , tokens = ''] = line.split(' ');
    if (series.split('/')[1] !== name) continue;
    minutes.set(Number(start), (minutes.get(Number(start)) ?? 0) + Number(tokens));
  }
  const busiest = Math.max(...minutes.values());
  await expect(dashboard.tokenUsage).toContainText(
    `The busiest minute had ${busiest.toLocaleString('en-US')}`,
  );
  const band = await amountsOf(page, '.chart-extremes .recharts-area-area');
  const line = await amountsOf(page, '.chart-area .recharts-area-curve');
  expect(band.length).toBe(2 * line.length);
  expect(Math.max(...band) / 3 / busiest).toBeCloseTo(1, 4);
  expect(Math.max(...line)).toBeLessThan(Math.max(...band) * 0.98);
});

test('U89 the window before is a line of its own, which stays away once it was put away', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  await isFull(page, server.url);
  const ghost = page.locator('.chart-ghost .recharts-area-curve');
  await expect(ghost).toBeVisible();
  const entry = page.getByRole('button', { name: 'the 5 min before' });
  expect(await ghost.evaluate((line) => getComputedStyle(line).strokeDasharray)).not.toBe('none');
  const values = await amountsOf(page, '.chart-ghost .recharts-area-curve');
  expect(values.length).toBeGreaterThan(55);
  await choose(page, '24 h');
  // A day and the day before it, which nothing else needs.
  await expect(page.getByRole('button', { name: 'the 24 h before' })).toBeVisible();
  await choose(page, '5 min');
  await entry.click();
  await expect(ghost).toHaveCount(0);
  await page.reload();
  await expect(entry).toHaveAttribute('aria-pressed', 'false');
  await expect(ghost).toHaveCount(0);
});

test('N46 the wheel moves the window, and scrolls the page', async ({ server, profile }) => {
  const page = await profile.open(server.url);
  const dashboard = new Dashboard(page);
  await isFull(page, server.url);
  const chart = dashboard.tokenUsage.getByRole('application');
  await chart.hover();
  await page.mouse.wheel(0, 200);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
  const mode = page.getByRole('status', { name: 'Mode' });
  await expect(mode).toHaveCount(0);
  await page.mouse.wheel(0, -200);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
  await chart.hover();
  const asOfMs = await dashboard.asOfMs();
  for (let step = 0; step < 40; step++) await page.mouse.wheel(-3, 0);
  await expect(mode).toContainText('Historical');
  const endMs = () => Date.parse(new URL(page.url()).searchParams.get('to') ?? '');
  // The address follows when the wheel stands still.
  await expect.poll(endMs).toBeLessThan(asOfMs - 20_000);
  await expect(dashboard.tokenUsage).toContainText('in the 5 min to');
  expect(endMs() % 5_000).toBe(0);
  expect(endMs()).toBeGreaterThan(asOfMs - 90_000);
  await expect.poll(() => dashboard.asOfMs()).toBe(endMs());
  await page.keyboard.press('l');
  await expect(mode).toHaveCount(0);
  await expect(dashboard.tokenUsage).toContainText('in the last 5 min');
});

test('N45 N47 a stretch is marked and shown with the keyboard alone, and left again', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  const dashboard = new Dashboard(page);
  await isFull(page, server.url);
  await choose(page, '1 h');
  await expect(dashboard.tokenUsage).toContainText('in the last 1 h');
  await dashboard.tokenUsage.getByRole('application').focus();
  for (let step = 0; step < 10; step++) await page.keyboard.press('ArrowRight');
  for (let step = 0; step < 29; step++) await page.keyboard.press('Shift+ArrowRight');
  await expect(page.locator('.chart-selection')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dashboard.tokenUsage).toContainText('in the 5 min to');
  await expect(page.locator('.chart-selection')).toHaveCount(0);
  await page.keyboard.press('-');
  await expect(dashboard.tokenUsage).toContainText('in the 10 min to');
  await page.keyboard.press('+');
  await expect(dashboard.tokenUsage).toContainText('in the 5 min to');
  await page.keyboard.press('l');
  await expect(page.getByRole('status', { name: 'Mode' })).toHaveCount(0);
});
