import type { Page } from '@playwright/test';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';
import { startNewerBuild } from './newer-build.ts';

/** Waits until the page is in the hands of a service worker. */
async function isControlled(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

test('W5 the very first visit can be reloaded without a server, on any route', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  await isControlled(page);
  await expect(new Dashboard(page).spendRate).toContainText('$');
  await server.kill();
  await page.goto(`${server.url}/some/route?of=the#app`);
  await expect(new Dashboard(page).spendRate).toContainText('$');
});

test('W2 W3 the page comes from the service worker and the API never does', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  await isControlled(page);
  const api = page.waitForResponse(/\/api\/(metrics|stream)/);
  const document = await page.reload();
  expect(document?.fromServiceWorker()).toBe(true);
  expect((await api).fromServiceWorker()).toBe(false);
  const answer = await page.evaluate(async () => (await fetch('/api/health')).status);
  expect(answer).toBe(200);
  const opened = await page.goto(`${server.url}/api/health`);
  expect(opened?.fromServiceWorker()).toBe(false);
  expect(opened?.headers()['content-type']).toContain('application/json');
});

test('W6 a newer build waits until the user takes it', async ({ server, profile }) => {
  const front = await startNewerBuild(server.url);
  const page = await profile.open(front.url);
  await isControlled(page);
  const notice = page.getByRole('status', { name: 'Update' });
  await expect(new Dashboard(page).spendRate).toContainText('$');
  await expect(notice).toHaveCount(0);

  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  front.publish();
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(notice).toContainText('A new version is ready');
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);

  await notice.getByRole('button', { name: 'Reload' }).click();
  await page.waitForFunction(() => !('isSamePage' in window));
  await expect(new Dashboard(page).spendRate).toContainText('$');
  await expect(notice).toHaveCount(0);
  const waiting = await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting);
  expect(waiting).toBeNull();
  await front.close();
});
