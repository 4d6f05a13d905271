import type { Page } from '@playwright/test';
import { isFull } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

const HOUR_MS = 3_600_000;

/** A page with a day in its cache, and a server that has just been killed. */
async function killedAfterADay(
  page: Page,
  server: { url: string; kill(): Promise<void> },
): Promise<Dashboard> {
  const dashboard = new Dashboard(page);
  await dashboard.isKept();
  await isFull(page, server.url);
  await server.kill();
  await page.reload();
  await expect(dashboard.badge).toHaveAttribute('data-state', 'waiting');
  return dashboard;
}

const playheadMs = (page: Page) =>
  page
    .getByRole('slider', { name: 'Playhead' })
    .evaluate((one) => Number(one.getAttribute('value')));

async function goTo(page: Page, backMs: number) {
  const slider = page.getByRole('slider', { name: 'Playhead' });
  await slider.evaluate((element, ms) => {
    // The page's own way to hear of a drag.
    const input = element as HTMLInputElement; // a slider of the browser's own
    const value = Number(input.max) - ms;
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, backMs);
}

test('N9 N13 a day is played with the server dead, whole, at 600 times its speed', async ({
  server,
  profile,
}) => {
  profile.expectComplaint(/ERR_CONNECTION_REFUSED/);
  const page = await profile.open(server.url);
  const dashboard = await killedAfterADay(page, server);
  await page.getByRole('radio', { name: '1 h', exact: true }).check({ force: true });
  await goTo(page, 21 * HOUR_MS);
  const mode = page.getByRole('status', { name: 'Mode' });
  await expect(mode).toContainText('Historical');
  await expect(dashboard.tokenUsage).toContainText('in the 1 h to');
  await page.getByRole('combobox', { name: 'Playback speed' }).selectOption('600');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(mode).toContainText('Playing at 600×');
  const fromMs = await playheadMs(page);
  const lacks: string[] = [];
  const outlines = new Set<string>();
  for (let look = 0; look < 12; look++) {
    await page.waitForTimeout(500);
    lacks.push((await mode.textContent()) ?? '');
    outlines.add((await page.locator('.chart-sketch-line').first().getAttribute('d')) ?? '');
  }
  expect(lacks.filter((text) => text.includes('on this device'))).toEqual([]);
  // A new drawing each time, of a known hour.
  expect(outlines.size).toBeGreaterThan(9);
  const playedMs = (await playheadMs(page)) - fromMs;
  expect(playedMs).toBeGreaterThan(0.6 * HOUR_MS);
  await page.getByRole('button', { name: 'Pause playback' }).click();
  await expect(mode).toContainText('Historical');
  // Standing still it is the chart again, of what was there when it stopped.
  expect((await dashboard.chartOutline()).length).toBeGreaterThan(300);
  const { searchParams } = new URL(page.url());
  const shownMs = await playheadMs(page);
  expect(Math.abs(Date.parse(searchParams.get('to') ?? '') - shownMs)).toBeLessThan(120_000);
});

test('N12 N14 the past is played by keyboard, and goes live where it meets the present', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  const dashboard = new Dashboard(page);
  await isFull(page, server.url);
  await page.keyboard.press('k');
  const mode = page.getByRole('status', { name: 'Mode' });
  await expect(mode).toContainText('Historical');
  const stoppedMs = await playheadMs(page);
  await page.keyboard.press('<');
  await expect.poll(() => playheadMs(page)).toBe(stoppedMs - 5_000);
  await page.keyboard.press('>');
  await expect.poll(() => playheadMs(page)).toBe(stoppedMs);
  await page.keyboard.press(',');
  await page.getByRole('combobox', { name: 'Playback speed' }).selectOption('60');
  await page.getByRole('combobox', { name: 'Playback speed' }).blur();
  await page.keyboard.press('k');
  await expect(mode).toContainText('Playing at 60×');
  // Two and a half minutes take as many seconds.
  await expect(mode).toHaveCount(0, { timeout: 15_000 });
  await expect(dashboard.tokenUsage).toContainText('in the last 5 min');
  await expect(dashboard.tokenUsage).toHaveAttribute('data-freshness', 'live');
});
