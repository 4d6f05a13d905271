import type { Page } from '@playwright/test';
import { violationsOf } from './axe.ts';
import { Dashboard, letTimePass } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1440, height: 900 };
const MINUTE_MS = 60_000;

/** Axe finds nothing, in the dark and in the light. */
async function expectClean(page: Page, state: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    expect.soft(await violationsOf(page), `${state}, ${colorScheme}`).toEqual([]);
  }
}

test('U21 axe finds nothing on a first visit without a server', async ({ server, profile }) => {
  const page = await profile.open('about:blank');
  await page.route(/\/api\//, (route) => route.abort());
  await page.goto(server.url);
  await expect(page.getByRole('region', { name: 'No server found' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Filter by tenant' })).toBeVisible();
  await expectClean(page, 'empty');
});

test('U21 axe finds nothing, live or not, whatever is open', async ({ server, profile }) => {
  const dashboard = new Dashboard(await profile.open(server.url));
  const { page, badge } = dashboard;
  await expect(badge).toHaveAttribute('data-state', 'streaming');
  await expect(dashboard.tokenUsage.getByRole('application')).toBeVisible();
  await expectClean(page, 'live');
  await page.setViewportSize(PHONE);
  await expectClean(page, 'live on a phone');
  await page.setViewportSize(DESKTOP);

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await expectClean(page, 'shortcuts');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Custom…' }).click();
  await expect(page.getByRole('dialog', { name: 'Custom time range' })).toBeVisible();
  await page.getByRole('textbox', { name: 'First day' }).fill('soon');
  await page.keyboard.press('Enter');
  await expect(page.getByText('“soon” is no date')).toBeVisible();
  await expectClean(page, 'custom range');
  await page.setViewportSize(PHONE);
  await expectClean(page, 'custom range on a phone');
  await page.setViewportSize(DESKTOP);
  await page.keyboard.press('Escape');

  await page.getByRole('radio', { name: '7 d' }).check({ force: true });
  await expect(page.getByRole('region', { name: 'Spend by day' }).getByRole('table')).toBeVisible();
  await expectClean(page, 'days');
  await page.getByRole('radio', { name: '5 min', exact: true }).check({ force: true });
  await expect(page.getByRole('region', { name: 'Spend by day' })).toHaveCount(0);

  await page.getByRole('combobox', { name: 'Time zone' }).click();
  await expect(page.getByRole('option', { name: 'UTC' }).first()).toBeVisible();
  await expectClean(page, 'time zones');
  await page.keyboard.press('Escape');

  await page.getByRole('combobox', { name: 'Filter by model' }).click();
  const option = page.getByRole('listbox').getByRole('option').first();
  await expect(option).toBeVisible();
  await expectClean(page, 'picker open');
  await option.click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('list', { name: 'Active filters' })).toBeVisible();
  await expectClean(page, 'filtered');
  await page.getByRole('button', { name: 'Clear all' }).click();

  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(badge).toHaveAttribute('data-state', 'paused');
  await expectClean(page, 'paused');
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(badge).toHaveAttribute('data-state', 'streaming');

  await dashboard.isKept();
  await server.kill();
  await expect(badge).toHaveAttribute('data-state', 'waiting');
  await expectClean(page, 'waiting');
  await letTimePass(page, MINUTE_MS);
  await expect(badge).toHaveAttribute('data-state', 'offline');
  await expectClean(page, 'offline');
});

test('U21 axe finds nothing in the settings, nor where no file was imported', async ({
  server,
  profile,
}) => {
  const page = await profile.open(`${server.url}/settings`);
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await expect(new Dashboard(page).badge).toHaveAttribute('data-state', 'streaming');
  await expectClean(page, 'settings');
  await page.setViewportSize(PHONE);
  await expectClean(page, 'settings on a phone');
  await page.setViewportSize(DESKTOP);
  await page.goto(`${server.url}/evidence`);
  await expect(page.getByRole('status', { name: 'Evidence' })).toContainText('No file');
  await expectClean(page, 'evidence');
});
