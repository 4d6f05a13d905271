import type { Locator, Page } from '@playwright/test';
import { isFull, readTruth } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A page of a device that is elsewhere. */
async function openIn(
  profile: { open(url: string): Promise<Page> },
  zone: string,
  url: string,
): Promise<Page> {
  const page = await profile.open('about:blank');
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setTimezoneOverride', { timezoneId: zone });
  await page.goto(url);
  return page;
}

/** "14:03:25" of an instant. */
function timeIn(timeZone: string, atMs: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone }).format(atMs);
}

/** The instant of a panel, as its clock shows it and as it is. */
async function asOf(panel: Locator): Promise<{ text: string; atMs: number }> {
  const [text, iso] = await panel
    .locator('time.as-of')
    .evaluate((one) => [one.textContent, one.getAttribute('datetime')]);
  return { text: text ?? '', atMs: Date.parse(iso ?? '') };
}

/** The panel's clock shows the time of the zone. */
async function expectTold(panel: Locator, zone: string): Promise<void> {
  await expect(async () => {
    const { text, atMs } = await asOf(panel);
    expect(text).toContain(timeIn(zone, atMs));
  }).toPass({ timeout: 5_000 });
}

const local = (zone: string, atMs: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    .format(atMs)
    .split(' ');

test('N24 N30 the zone that is chosen holds through a reload without a server, and for whoever gets the link', async ({
  server,
  profile,
}) => {
  const page = await openIn(profile, 'America/New_York', server.url);
  const dashboard = new Dashboard(page);
  const zone = page.getByRole('combobox', { name: 'Time zone' });
  await expect(dashboard.tokenUsage).toContainText('in the last 5 min');
  await expect(zone).toHaveAttribute('placeholder', 'America/New_York');
  await expectTold(dashboard.tokenUsage, 'America/New_York');

  await zone.click();
  await page.keyboard.type('calcutta');
  await expect(zone).toHaveValue('calcutta');
  await expect(page.getByRole('option', { name: /Calcutta/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(zone).toHaveAttribute('placeholder', 'Asia/Calcutta');
  await expectTold(dashboard.tokenUsage, 'Asia/Calcutta');
  const minute = /\d\d:\d\d/;
  const label = page.locator('.recharts-xAxis-tick-labels text').filter({ hasText: minute });
  const { atMs } = await asOf(dashboard.tokenUsage);
  const hours = [0, 5 * MINUTE_MS].map((ms) => timeIn('Asia/Calcutta', atMs - ms).slice(0, 2));
  expect(hours).toContain((await label.last().textContent())?.slice(0, 2));

  await dashboard.isKept();
  await server.kill();
  await page.reload();
  await expectTold(dashboard.tokenUsage, 'Asia/Calcutta');
  expect(new URL(page.url()).searchParams.get('zone')).toBe('Asia/Calcutta');

  const link = page.url();
  await server.start();
  const other = await openIn(profile, 'Europe/London', link);
  await expectTold(new Dashboard(other).tokenUsage, 'Asia/Calcutta');
});

test('N25 N26 a range is typed by keyboard alone, with the server dead', async ({
  server,
  profile,
}) => {
  const page = await openIn(profile, 'Asia/Kathmandu', server.url);
  const dashboard = new Dashboard(page);
  await dashboard.isKept();
  await isFull(page, server.url);
  await server.kill();
  await expect(dashboard.badge).toHaveAttribute('data-state', 'waiting');

  await page.getByRole('button', { name: 'Custom…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Custom time range' });
  await expect(dialog).toContainText('Times in Asia/Kat');
  const first = dialog.getByRole('textbox', { name: 'First day' });
  await expect(first).toBeFocused();
  const endMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 5 * MINUTE_MS;
  const [endDate = '', endTime = ''] = local('Asia/Kathmandu', endMs);
  const [startDate = '', startTime = ''] = local('Asia/Kathmandu', endMs - 20 * MINUTE_MS);

  // All is emptied, and the end comes first.
  for (const name of ['First day', 'Time it begins', 'Last day', 'Time it ends']) {
    await dialog.getByRole('textbox', { name }).fill('');
  }
  await dialog.getByRole('textbox', { name: 'Last day' }).focus();
  await page.keyboard.type(endDate);
  await page.keyboard.press('Tab');
  await page.keyboard.type(endTime);
  await page.keyboard.press('Enter');
  await expect(first).toBeFocused();
  await expect(dialog).toContainText('Give the first day');
  await page.keyboard.type(startDate);
  await page.keyboard.press('Tab');
  // Wrong at first: it stays, and is explained.
  await page.keyboard.type('25:99');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('“25:99” is no time of day');
  await dialog.getByRole('textbox', { name: 'Time it begins' }).fill(startTime);
  await expect(dialog.getByRole('status', { name: 'Range' })).toContainText('20 min');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);

  await expect(page.getByRole('status', { name: 'Mode' })).toContainText('Historical');
  await expect(dashboard.tokenUsage).toContainText(`in the 20 min to ${endTime.slice(0, 5)}`);
  const { searchParams } = new URL(page.url());
  expect(Date.parse(searchParams.get('to') ?? '')).toBe(endMs);
  expect((await dashboard.chartOutline()).length).toBeGreaterThan(200);
});

test('N27 V34 the days of a week add up to it, and each is what the server has of it', async ({
  server,
  profile,
}) => {
  const page = await openIn(profile, 'America/New_York', `${server.url}/?zone=Europe/Berlin`);
  const keyFigures = page.getByRole('region', { name: 'Key figures' });
  await page.getByRole('button', { name: 'Custom…' }).click();
  await page.getByRole('button', { name: 'Last 7 full days' }).click();
  const days = page.getByRole('region', { name: 'Spend by day' });
  await expect(days.getByRole('row')).toHaveCount(9);
  await expect(days).not.toContainText('known');
  await expect(page.getByRole('status', { name: 'Mode' })).not.toContainText('on this device');

  const told = await days.locator('tbody tr').evaluateAll((rows) =>
    rows.map((row) => ({
      fromMs: Date.parse(row.querySelector('time')?.dateTime ?? ''),
      microUsd: Math.round(Number(row.querySelector('data')?.value) * 1e6),
    })),
  );
  const total = days.locator('tfoot data');
  const sum = told.reduce((before, { microUsd }) => before + microUsd, 0);
  expect(sum).toBe(Math.round(Number(await total.getAttribute('value')) * 1e6));
  await expect(keyFigures).toContainText((await total.textContent()) ?? 'nothing');

  for (const { fromMs, microUsd } of told.slice(0, 2)) {
    expect(local('Europe/Berlin', fromMs)[1]).toBe('00:00:00');
    const lines = await readTruth(server.url, [{ fromMs, toMs: fromMs + DAY_MS }], '1h');
    const truth = lines.reduce((before, line) => before + Number(line.split(' ').at(-2)), 0);
    expect(microUsd).toBe(truth);
  }

  // Other days, the same week.
  const zone = page.getByRole('combobox', { name: 'Time zone' });
  await zone.click();
  await page.keyboard.type('tokyo');
  await page.getByRole('option', { name: /Tokyo/ }).click();
  await expect(days).toContainText('Days of Asia/Tokyo');
  await expect(days.getByRole('row')).toHaveCount(10);
  expect(Math.round(Number(await total.getAttribute('value')) * 1e6)).toBe(sum);
});

test('N31 an address that cannot be used is explained, and what can be is shown', async ({
  server,
  profile,
}) => {
  const page = await openIn(
    profile,
    'Europe/Berlin',
    `${server.url}/?window=3weeks&to=soon&zone=Mars%2FPhobos&tenant=&customer=${'x'.repeat(900)}`,
  );
  const dashboard = new Dashboard(page);
  const notice = page.getByRole('alert', { name: 'Address' });
  await expect(notice).toContainText('“window=3weeks”, which is no length of time on offer');
  await expect(notice).toContainText('“to=soon”, which is no instant');
  await expect(notice).toContainText('“zone=Mars/Phobos”, which is no zone');
  await expect(notice).toContainText(
    'Shown instead: real time, the last 5 min; times in Europe/Berlin; the slice without it.',
  );
  await expect(dashboard.tokenUsage).toContainText('in the last 5 min');
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice).toHaveCount(0);

  await page.goto(`${server.url}/?window=1h&to=2099-01-01T00:00:00Z`);
  await expect(notice).toContainText('“to=2099-01-01T00:00:00Z”, which lies in the future');
  await expect(notice).toContainText('Shown instead: real time, the last 1 h.');
  // What is chosen next needs no explanation.
  await page.getByRole('radio', { name: '15 min' }).check({ force: true });
  await expect(notice).toHaveCount(0);
});
