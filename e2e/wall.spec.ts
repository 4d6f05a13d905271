import type { Page } from '@playwright/test';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';
import { startNewerBuild } from './newer-build.ts';

const VIEWS = ['spend', 'tokens', 'models', 'customers', 'anomalies'];

/** What is drawn beyond the screen or the panel that it is in, or could be scrolled to. */
async function overflowOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, clientHeight, scrollWidth, scrollHeight } = document.documentElement;
    const bars = scrollWidth > clientWidth || scrollHeight > clientHeight ? ['the page'] : [];
    const beyond = [...document.querySelectorAll('.wall .panel, .wall-head > *, .wall-views')]
      .filter((one) => {
        const { left, top, right, bottom } = one.getBoundingClientRect();
        return left < 0 || top < 0 || right > clientWidth || bottom > clientHeight;
      })
      .map((one) => one.className);
    return [...bars, ...beyond];
  });
}

/** The smallest type of the page, as a share of the height of the screen. */
async function smallestType(page: Page): Promise<number> {
  return page.evaluate(() => {
    const texts = [...document.querySelectorAll('.wall *')].filter(
      (one) =>
        one.checkVisibility() &&
        !one.closest('.for-screen-readers, svg.gauge') &&
        [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
    );
    const sizes = texts.map((one) => Number.parseFloat(getComputedStyle(one).fontSize));
    return Math.min(...sizes) / window.innerHeight;
  });
}

test('W21 a wall fills the screen with type for five metres and nothing beyond it', async ({
  server,
  profile,
}) => {
  const page = await profile.open(`${server.url}/wall?views=spend`);
  for (const [width, height] of [
    [1920, 1080],
    [3840, 2160],
    [1280, 720],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const view of VIEWS) {
      await page.goto(`${server.url}/wall?views=${view}`);
      await expect(page.locator('.wall .panel').first()).not.toContainText('Not enough');
      await expect(page.locator('.wall .panel').first()).toHaveAttribute('aria-busy', 'false');
      expect(await overflowOf(page), `${view} at ${width}x${height}`).toEqual([]);
      // 20 px of a full-HD screen of 55" are 13 mm.
      expect(await smallestType(page)).toBeGreaterThan(20 / 1080);
    }
  }
  await expect(page.locator('.wall')).toHaveCSS('cursor', 'none');
});

test('W22 a wall is kept awake by the browser', async ({ server, profile }) => {
  const page = await profile.open(`${server.url}/settings`);
  await page.addInitScript(() => {
    const kept: boolean[] = [];
    const { wakeLock } = navigator;
    const request = wakeLock.request.bind(wakeLock);
    wakeLock.request = async (type) => {
      const lock = await request(type);
      kept.push(!lock.released);
      return lock;
    };
    Object.assign(window, { kept });
  });
  await page.goto(`${server.url}/?tv=1`);
  await expect(page.locator('.wall')).toBeVisible();
  await expect.poll(() => page.evaluate(() => Reflect.get(window, 'kept'))).toEqual([true]);
});

test('W26 a wall keeps its last figures with their age while the server is gone, and recovers alone', async ({
  server,
  profile,
}) => {
  const page = await profile.open(`${server.url}/wall?views=spend,models&every=5`);
  const dashboard = new Dashboard(page);
  const { spendRate, badge } = dashboard;
  const status = page.locator('.wall-status');
  await expect(spendRate).toContainText('$');
  await expect(badge).toHaveAttribute('data-state', 'streaming');
  // The views that are still to come are on the device then.
  await dashboard.isKept();
  await server.kill();
  await expect(status).toContainText(/\d+ s ago|1 min ago/, { timeout: 40_000 });
  await expect(status).toContainText(/Reconnecting|Offline since/);
  await expect(spendRate).toContainText('$', { timeout: 10_000 });
  await expect(page.getByRole('region', { name: 'Cost by model' })).toContainText('$');
  await server.start();
  await expect(badge).toHaveAttribute('data-state', 'streaming', { timeout: 60_000 });
  await expect(status).not.toContainText('ago', { timeout: 20_000 });
});

test('W24 a wall takes a newer build by itself', async ({ server, profile }) => {
  test.setTimeout(150_000);
  const front = await startNewerBuild(server.url);
  const page = await profile.open(`${front.url}/wall`);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await expect(new Dashboard(page).spendRate).toContainText('$');
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  front.publish();
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await page.waitForFunction(() => !('isSamePage' in window), null, { timeout: 100_000 });
  await expect(page.locator('.wall')).toBeVisible();
  await expect(page.locator('.wall .panel').first()).toContainText('$');
  const waiting = await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting);
  expect(waiting).toBeNull();
  await front.close();
});
