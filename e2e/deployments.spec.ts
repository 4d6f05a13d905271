import type { Page } from '@playwright/test';
import { differencesFromTruth } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import { startDeployments } from './deployments.ts';
import { expect, test } from './fixtures.ts';
import { upgradeDatabase } from './newer-database.ts';

test.use({ settings: { FLEET_CUSTOMERS: '20' } });

const noticeOf = (page: Page) => page.getByRole('status', { name: 'Update' });

/** Which build the page is of. */
async function buildOf(page: Page): Promise<string | null> {
  return page.locator('meta[name=build]').getAttribute('content');
}

async function isControlled(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await expect(new Dashboard(page).spendRate).toContainText('$');
}

/** Marks the document, so that a reload is noticed. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
}

const isSame = (page: Page) => page.evaluate(() => 'isSamePage' in window);

/** Looks for a newer build, as the page does each hour, and waits until what was found is downloaded. */
async function lookForUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const { installing } = registration;
    if (!installing) return;
    await new Promise((resolve) => installing.addEventListener('statechange', resolve));
  });
}

async function accept(page: Page): Promise<void> {
  await noticeOf(page).getByRole('button', { name: 'Reload' }).click();
  await page.waitForFunction(() => !('isSamePage' in window));
  await expect(new Dashboard(page).spendRate).toContainText('$');
}

/** Builds of which a file is stored for use without a server. */
async function storedBuilds(page: Page): Promise<string[]> {
  const paths = await page.evaluate(async () => {
    const lists = (await caches.keys()).map(async (name) => (await caches.open(name)).keys());
    return (await Promise.all(lists)).flat().map(({ url }) => url);
  });
  return [...new Set(paths.flatMap((path) => /\.build-(\d+)\./.exec(path)?.[1] ?? []))];
}

/** What the user decided and the server has not heard of. */
const DECISION = {
  clientId: 'made-in-this-test',
  incidentId: '0123456789abcdef',
  request: { clientId: 'made-in-this-test', state: 'acknowledged', note: 'mine', who: 'Ada' },
  madeAtMs: 0,
};

/** Past the product's own code. @returns what is in the table of unsent decisions, after adding what is given */
async function unsent(page: Page, added?: object): Promise<object[]> {
  return page.evaluate(
    (added) =>
      new Promise<object[]>((resolve, reject) => {
        const opening = indexedDB.open('burnrate');
        opening.onerror = () => reject(opening.error ?? new Error('no database'));
        opening.onsuccess = () => {
          const database = opening.result;
          const table = database.transaction('outbox', 'readwrite').objectStore('outbox');
          if (added) table.add(added);
          const rows = table.getAll();
          rows.onerror = () => reject(rows.error ?? new Error('not read'));
          rows.onsuccess = () => {
            database.close();
            resolve(rows.result);
          };
        };
      }),
    added,
  );
}

test('W42 a page that is open since the very first visit takes the third build at once, without a server, and loses nothing', async ({
  server,
  profile,
}) => {
  test.setTimeout(150_000);
  const front = await startDeployments(server.url);
  const page = await profile.open(front.url);
  await isControlled(page);
  expect(await buildOf(page)).toBe('1');
  await mark(page);
  for (const build of [2, 3]) {
    front.deploy(build);
    await lookForUpdate(page);
    await expect(noticeOf(page)).toHaveCount(1);
    await expect(noticeOf(page)).toContainText('A new version is ready');
  }
  // What this build had not yet loaded is not on the server any more.
  await page.getByRole('link', { name: 'Credits' }).click();
  await expect(page.getByRole('heading', { name: 'Credits', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Live' }).click();
  await expect(new Dashboard(page).spendRate).toContainText('$');
  expect(await isSame(page)).toBe(true);
  expect(await buildOf(page)).toBe('1');

  const asOfMs = await new Dashboard(page).asOfMs();
  await server.kill();
  await expect(new Dashboard(page).badge).toHaveAttribute('data-state', 'waiting');
  const decisions = await unsent(page, DECISION);
  expect(decisions).toHaveLength(1);
  await accept(page);
  expect(await buildOf(page)).toBe('3');
  expect(await unsent(page)).toEqual(decisions);
  await expect(noticeOf(page)).toHaveCount(0);
  expect(await storedBuilds(page)).toEqual(['3']);
  expect(await new Dashboard(page).asOfMs()).toBeGreaterThan(asOfMs - 60_000);
  const waiting = await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting);
  expect(waiting).toBeNull();

  await server.start();
  await expect(new Dashboard(page).badge).toHaveAttribute('data-state', 'streaming', {
    timeout: 60_000,
  });
  await new Dashboard(page).pause();
  const { missing, extra } = await differencesFromTruth(page, server.url, '5s');
  expect({ missing, extra }).toEqual({ missing: [], extra: [] });
  await front.close();
});

test('W43 a tab of the older build goes on, is offered the newer one, and has no blank part', async ({
  server,
  profile,
}) => {
  test.setTimeout(120_000);
  // Its part may have to be asked for in vain.
  profile.expectComplaint(/could not be loaded/);
  const front = await startDeployments(server.url);
  const older = await profile.open(front.url);
  await isControlled(older);
  const newer = await profile.open(front.url);
  await isControlled(newer);
  for (const page of [older, newer]) await mark(page);
  front.deploy(2);
  await lookForUpdate(newer);
  await accept(newer);
  expect(await buildOf(newer)).toBe('2');

  await expect(noticeOf(older)).toContainText('A new version is ready');
  expect(await isSame(older)).toBe(true);
  const asOfMs = await new Dashboard(older).asOfMs();
  await expect.poll(() => new Dashboard(older).asOfMs()).toBeGreaterThan(asOfMs);
  // Neither the store nor the server has its other pages any more.
  await older.getByRole('link', { name: 'Settings' }).click();
  const page = older.getByRole('heading', { name: 'Settings' });
  await expect(page.or(older.getByText('This page failed: its code did not arrive'))).toBeVisible();
  await noticeOf(older).getByRole('button', { name: 'Reload' }).click();
  await older.waitForFunction(() => !('isSamePage' in window));
  await expect(page).toBeVisible();
  expect(await buildOf(older)).toBe('2');
  await front.close();
});

test('W44 an older build that is deployed again is taken like any other, and so is the newer one after it', async ({
  server,
  profile,
}) => {
  test.setTimeout(120_000);
  // The next one is deployed while a page still asks for its parts.
  profile.expectComplaint(/could not be loaded/);
  const front = await startDeployments(server.url);
  const page = await profile.open(front.url);
  await isControlled(page);
  for (const build of [2, 1, 2]) {
    await mark(page);
    front.deploy(build);
    await lookForUpdate(page);
    await expect(noticeOf(page)).toContainText('A new version is ready');
    await accept(page);
    expect(await buildOf(page)).toBe(String(build));
    await expect(noticeOf(page)).toHaveCount(0);
    expect(await storedBuilds(page)).toEqual([String(build)]);
  }
  await front.close();
});

test('W41 a build that came with a new server is offered without waiting for the hour', async ({
  server,
  profile,
}) => {
  test.setTimeout(120_000);
  const front = await startDeployments(server.url);
  const page = await profile.open(front.url);
  await isControlled(page);
  // Whoever has just looked does not look again.
  await page.waitForTimeout(31_000);
  await server.kill();
  await expect(new Dashboard(page).badge).not.toHaveAttribute('data-state', 'streaming');
  front.deploy(2);
  await server.start();
  await expect(noticeOf(page)).toContainText('A new version is ready', { timeout: 60_000 });
  await front.close();
});

test('W45 a build that is older than the database leads to a newer one as soon as there is one', async ({
  server,
  profile,
}) => {
  const front = await startDeployments(server.url);
  const page = await profile.open(front.url);
  await isControlled(page);
  await mark(page);
  await upgradeDatabase(page);
  const notice = page.getByRole('status', { name: 'Storage' });
  await expect(notice).toContainText('This tab stores nothing');
  front.deploy(2);
  await lookForUpdate(page);
  await notice.getByRole('button', { name: 'Reload' }).click();
  await page.waitForFunction(() => !('isSamePage' in window));
  await expect(new Dashboard(page).spendRate).toContainText('$');
  expect(await buildOf(page)).toBe('2');
  await front.close();
});

test('W46 a build of which a file is not there yet is not offered, and is once it is whole', async ({
  server,
  profile,
}) => {
  const front = await startDeployments(server.url);
  const page = await profile.open(front.url);
  await isControlled(page);
  await mark(page);
  front.deploy(2, /\/assets\/settings-.*\.js$/);
  // The browser says that the download of the worker's files failed.
  profile.expectComplaint(/bad-precaching-response/);
  await lookForUpdate(page);
  const state = () =>
    page.evaluate(async () => {
      const { installing, waiting } = await navigator.serviceWorker.ready;
      return { isInstalling: installing !== null, isWaiting: waiting !== null };
    });
  await expect.poll(state).toEqual({ isInstalling: false, isWaiting: false });
  await expect(noticeOf(page)).toHaveCount(0);
  expect(await buildOf(page)).toBe('1');
  front.deploy(2);
  await lookForUpdate(page);
  await accept(page);
  expect(await buildOf(page)).toBe('2');
  await front.close();
});
