import type { Page } from '@playwright/test';
import { violationsOf } from './axe.ts';
import { expect, test } from './fixtures.ts';

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1440, height: 900 };
/** The data of the last day are watched first, which takes a busy machine its time. */
const FOUND_WITHIN_MS = 120_000;
const LONGEST_MS = 240_000;
/** The browser divides areas that are no whole pixels. */
const WHOLE = 0.999;

test.use({ settings: { FLEET_INCIDENTS: 'now', FLEET_CUSTOMERS: '20' } });
test.setTimeout(LONGEST_MS);

const panelOf = (page: Page) => page.getByRole('region', { name: 'Anomalies' });
const rowsOf = (page: Page) =>
  panelOf(page).getByRole('list', { name: 'Incidents' }).getByRole('listitem');

async function openWithIncidents(page: Page): Promise<void> {
  await expect(rowsOf(page).first()).toBeVisible({ timeout: FOUND_WITHIN_MS });
}

async function expectClean(page: Page, state: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    expect.soft(await violationsOf(page), `${state}, ${colorScheme}`).toEqual([]);
  }
}

test('U129 axe finds nothing in the list of incidents, whatever is open', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  await openWithIncidents(page);
  await expectClean(page, 'list');
  const row = rowsOf(page).first();
  await row.getByRole('button', { expanded: false }).click();
  await expect(row.getByRole('table', { name: 'Customers' })).toBeVisible();
  await expectClean(page, 'open');
  await row.getByRole('button', { name: 'Snooze…' }).click();
  await expect(row.getByRole('group', { name: 'Snooze for how long' })).toBeVisible();
  await row.getByRole('checkbox').check();
  await expect(panelOf(page).getByRole('group', { name: 'Selected incidents' })).toBeVisible();
  await expectClean(page, 'snoozed and selected');
  await page.setViewportSize(PHONE);
  await expectClean(page, 'on a phone');
  await page.setViewportSize(DESKTOP);
  await row.getByRole('button', { name: 'Add a note…' }).click();
  await expect(page.getByRole('dialog', { name: 'Note on the incident' })).toBeVisible();
  await expectClean(page, 'note');
  await page.keyboard.press('Escape');
  await row.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(page.getByRole('status', { name: 'Decision' })).toBeVisible();
  await expectClean(page, 'decided');
});

test('U110 U130 the incident that is open is in the first screen, and opens for whoever gets the link', async ({
  server,
  profile,
  otherProfile,
}) => {
  const page = await profile.open(server.url);
  await openWithIncidents(page);
  await expect(rowsOf(page).first()).toBeInViewport();
  await rowsOf(page).first().getByRole('button', { expanded: false }).click();
  await expect(page).toHaveURL(/[?&]incident=\w+/);
  const told = await panelOf(page).getByRole('button', { expanded: true }).textContent();
  const other = await otherProfile.open(page.url());
  const opened = panelOf(other).getByRole('button', { expanded: true });
  await expect(opened).toContainText((told ?? '').trim().slice(0, 20), {
    timeout: FOUND_WITHIN_MS,
  });
  await expect(opened).toBeInViewport();
});

test('V50 V51 a mark on the chart tells of its incident, and shows its cause when pressed', async ({
  server,
  profile,
}) => {
  const page = await profile.open(`${server.url}/?window=24h`);
  const marks = page.getByRole('toolbar', { name: 'Incidents on the chart' }).getByRole('button');
  await expect(marks.last()).toBeVisible({ timeout: FOUND_WITHIN_MS });
  const tip = page.getByRole('tooltip');
  await marks.last().hover();
  await expect(tip).toContainText('since');
  await expect(tip).toContainText('At its worst');
  await expect(tip).toBeInViewport({ ratio: WHOLE });
  await page.getByRole('heading', { level: 1 }).hover();
  await expect(tip).toHaveCount(0);

  await marks.last().focus();
  await expect(tip).toContainText('since');
  await page.keyboard.press('Home');
  await expect(marks.first()).toBeFocused();
  await expect(tip).toBeInViewport({ ratio: WHOLE });
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    expect.soft(await violationsOf(page), `tip, ${colorScheme}`).toEqual([]);
  }

  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/[?&]incident=\w+/);
  await expect(panelOf(page).getByRole('button', { expanded: true })).toBeInViewport();
  await expect(page.getByRole('list', { name: 'Active filters' })).toBeVisible();
});
