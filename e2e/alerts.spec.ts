import type { Page } from '@playwright/test';
import { ROUTES } from '#core/wire/routes.ts';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

/** Of what is hidden, incidents are asked for twice a minute; a busy machine takes its time. */
const LONGEST_MS = 100_000;

test('U150 U153 U156 U158 a notification tells a hidden page of it, and goes when somebody has dealt with it', async ({
  server,
  profile,
}) => {
  test.setTimeout(3 * LONGEST_MS);
  profile.expectComplaint(/ERR_CONNECTION_REFUSED/);
  const page = await profile.open(`${server.url}/settings`);
  await new Dashboard(page).isKept();
  await page.context().grantPermissions(['notifications'], { origin: server.url });
  await page.reload();
  const notifications = page.getByRole('region', { name: 'Notifications' });
  await expect(notifications.getByRole('status')).toHaveText('Off. The browser allows them.');
  await notifications.getByRole('button', { name: 'Turn on notifications' }).click();
  await expect(notifications.getByRole('status')).toHaveText('On.');
  await hide(page);

  await server.kill();
  await server.start(0, { FLEET_INCIDENTS: 'now' });
  await expect.poll(() => shownOn(page), { timeout: LONGEST_MS }).toHaveLength(1);
  const [shown] = await shownOn(page);
  expect(shown?.title).toMatch(/^(Major|Critical): Spend spike, /);
  expect(shown?.body.length).toBeGreaterThan(20);
  await expect(page).toHaveTitle(/^\(\d+\) Settings · Burnrate$/);

  await decideElsewhere(server.url, shown?.tag ?? '');
  await expect.poll(() => shownOn(page), { timeout: LONGEST_MS }).toEqual([]);
});

/** Headless browsers show every tab at once: that a tab is hidden is told to the page by a script. */
async function hide(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

/** The notifications that the browser has on the screen. */
function shownOn(page: Page) {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const shown = await registration.getNotifications();
    return shown.map(({ title, body, tag }) => ({ title, body, tag }));
  });
}

/** Somebody with another browser acknowledges an incident. */
async function decideElsewhere(url: string, id: string): Promise<void> {
  const body = { state: 'acknowledged', clientId: 'elsewhere-0001', note: '', who: 'Ben' };
  const answer = await fetch(url + ROUTES.ack.replace(':id', id), {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}
