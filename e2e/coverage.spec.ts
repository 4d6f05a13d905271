import type { Page } from '@playwright/test';
import { missingFrom } from '#core/time/intervals.ts';
import { differencesFromTruth, isFull, readCoverage, unbrokenMs } from './cache.ts';
import { Dashboard, letTimePass } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;
const DAY_MS = 24 * HOUR_MS;
/** A bucket, a tick and the way of a word. */
const ROUGHLY_MS = 8 * SECOND_MS;
/** What makes 40 s of 24, ms a second. */
const GAIN_MS = 666;

const stripOf = (page: Page) =>
  page.getByRole('region', { name: 'Token usage' }).locator('svg.coverage[role=img]');

const legendOf = (page: Page) =>
  page.getByRole('list', { name: 'What the strip shows' }).getByRole('listitem');

/** Where a run of a state lies, in shares of the strip. */
async function placesOf(page: Page, state: string): Promise<{ from: number; to: number }[]> {
  const strip = await stripOf(page).boundingBox();
  if (!strip) throw new Error('there is no strip');
  const runs = await stripOf(page).locator(`[data-state=${state}]`).all();
  const boxes = await Promise.all(runs.map((run) => run.boundingBox()));
  return boxes.flatMap((box) => {
    if (!box) return [];
    const from = (box.x - strip.x) / strip.width;
    return [{ from, to: from + box.width / strip.width }];
  });
}

test('N37 an outage of 40 s stays visible when it is over, and what was fetched of it is the truth', async ({
  server,
  profile,
}) => {
  // Half of it is spent waiting.
  test.slow();
  profile.expectComplaint(/ERR_CONNECTION_REFUSED/);
  const page = await profile.open(server.url);
  const dashboard = new Dashboard(page);
  await dashboard.isKept();
  // What is shown, and as much before it.
  await expect.poll(() => unbrokenMs(page)).toBeGreaterThanOrEqual(600 * SECOND_MS);
  await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming');
  const downMs = Date.now();
  await server.kill();
  // Its clocks gain on ours, but not so fast that it would seem to have slept.
  for (let second = 0; second < 24; second++) {
    await page.waitForTimeout(SECOND_MS);
    await letTimePass(page, GAIN_MS);
  }
  await server.start(24 * GAIN_MS);
  const upMs = Date.now() + 24 * GAIN_MS;
  await page.keyboard.press('r');
  await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming');
  await expect.poll(() => dashboard.asOfMs()).toBeGreaterThan(upMs);
  await expect(stripOf(page)).toHaveAccessibleName(
    /^Complete: server outage [\d:]+ to [\d:]+, filled in since/,
  );
  await expect(legendOf(page)).toContainText(['Live', 'Server outage']);

  // Its place on the axis is that of the time in which there was no server.
  await dashboard.pause();
  const toMs = await dashboard.asOfMs();
  const [outage, ...others] = await placesOf(page, 'outage');
  expect(others).toEqual([]);
  const timeAt = (share = Number.NaN) => toMs - (1 - share) * 300 * SECOND_MS;
  expect(Math.abs(timeAt(outage?.from) - downMs)).toBeLessThan(ROUGHLY_MS);
  // The last 10 s come with the first reply.
  expect(Math.abs(timeAt(outage?.to) - (upMs - 10 * SECOND_MS))).toBeLessThan(ROUGHLY_MS);
  for (const resolution of ['5s', '1m'] as const) {
    const { missing, extra, rows } = await differencesFromTruth(page, server.url, resolution);
    expect({ missing, extra }).toEqual({ missing: [], extra: [] });
    expect(rows).toBeGreaterThan(100);
  }
  const { coverage } = await readCoverage(page);
  expect(missingFrom(coverage, { fromMs: downMs - 60 * SECOND_MS, toMs })).toEqual([]);

  // Without a server, and after the browser was closed, it is still told.
  await server.kill();
  await profile.closeBrowser();
  const later = await profile.open(server.url);
  await expect(stripOf(later)).toHaveAccessibleName(/server outage [\d:]+ to [\d:]+, filled in/);
});

test('N36 what is missing of a window, or here in other buckets only, is seen in the strip', async ({
  server,
  profile,
}) => {
  profile.expectComplaint(/ERR_CONNECTION_REFUSED/);
  const page = await profile.open(server.url);
  await new Dashboard(page).isKept();
  await isFull(page, server.url);
  await server.kill();
  const linkTo = (spanMs: number, agoMs: number) => {
    const toMs = Math.floor((Date.now() - agoMs) / HOUR_MS) * HOUR_MS;
    const [from, to] = [toMs - spanMs, toMs].map((atMs) => new Date(atMs).toISOString());
    return `${server.url}/?from=${from}&to=${to}`;
  };
  // At both sides of the oldest minute; there are hours of it, too few to make a chart of.
  await page.goto(linkTo(3 * HOUR_MS, DAY_MS - 2 * HOUR_MS));
  await expect(stripOf(page)).toHaveAccessibleName(/^Complete but for .*: partly here/);
  await expect(legendOf(page)).toContainText(['Filled in later', 'Partly here']);

  // Days at both sides of the oldest hour.
  await page.goto(linkTo(7 * DAY_MS, 27 * DAY_MS));
  await expect(stripOf(page)).toHaveAccessibleName(/^Complete but for \d+ d.*: missing/);
  await expect(legendOf(page)).toContainText(['Filled in later', 'Missing']);
  const [missing] = await placesOf(page, 'missing');
  expect(missing?.from).toBeLessThan(0.01);
  expect(missing?.to).toBeGreaterThan(0.4);
  expect(missing?.to).toBeLessThan(0.7);

  // By model too, where it is the bands that have ends.
  await page.getByText('By model', { exact: true }).click();
  const edges = page.locator('.chart-band .recharts-area-curve');
  await expect(edges).not.toHaveCount(0);
  const fills = await edges.evaluateAll((all) => all.map((one) => getComputedStyle(one).fill));
  expect(new Set(fills)).toEqual(new Set(['none']));
});

test('N36 the strip lies under the plot, as wide as its axis, on any screen', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  await isFull(page, server.url);
  for (const width of [1440, 768, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const chart = page.getByRole('region', { name: 'Token usage' });
    await expect(async () => {
      const strip = await stripOf(page).boundingBox();
      const grid = await chart.locator('.chart-grid-line').first().boundingBox();
      if (!strip || !grid) throw new Error('there is no chart');
      expect(Math.abs(strip.x - grid.x)).toBeLessThan(1.5);
      expect(Math.abs(strip.x + strip.width - grid.x - grid.width)).toBeLessThan(1.5);
      const gapPx = strip.y - (grid.y + grid.height);
      expect(gapPx).toBeGreaterThanOrEqual(0);
      expect(gapPx).toBeLessThan(4);
    }).toPass({ timeout: 5_000 });
  }
});
