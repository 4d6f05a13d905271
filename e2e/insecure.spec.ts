import { networkInterfaces } from 'node:os';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

/** A name that is mapped to this machine: no more a secure context than an address of the network. */
const PLAIN_NAME = 'burnrate.test';

const own = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address;

test.use({
  settings: own ? { HOST: own } : {},
  launchOptions: async ({ launchOptions }, provide) => {
    const rule = `--host-resolver-rules=MAP ${PLAIN_NAME} 127.0.0.1`;
    await provide({ ...launchOptions, args: [...(launchOptions.args ?? []), rule] });
  },
});

test('W20 over plain HTTP from another machine the page runs online only, says so, and complains of nothing', async ({
  server,
  profile,
}) => {
  const url = own ? server.url : server.url.replace('localhost', PLAIN_NAME);
  const page = await profile.open(url);
  const dashboard = new Dashboard(page);
  const offers = await page.evaluate(() => [
    window.isSecureContext,
    'serviceWorker' in navigator,
    'locks' in navigator,
    'wakeLock' in navigator,
  ]);
  expect(offers).toEqual([false, false, false, false]);
  const notice = page.getByRole('region', { name: 'Online only' });
  await expect(notice).toContainText(url.replace('http:', 'https:'));
  await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming');
  await expect(dashboard.spendRate).toContainText('$');

  // Every page that asks for what is not there.
  for (const name of ['Settings', 'Credits', 'Live']) {
    await page.getByRole('link', { name, exact: true }).click();
    await expect(notice).toBeVisible();
  }

  // A second tab has no lock to wait for: both go on, and through an outage.
  const other = new Dashboard(await profile.open(url));
  await expect(other.spendRate).toContainText('$');
  await server.kill();
  await expect(dashboard.badge).toContainText('Reconnecting');
  await expect(dashboard.spendRate).toContainText('$');
  await server.start();
  await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming', { timeout: 40_000 });
  await expect(other.badge).toHaveAttribute('data-state', 'streaming', { timeout: 40_000 });
});

test('W61 over plain HTTP from another machine a wall says what it misses there', async ({
  server,
  profile,
}) => {
  const url = own ? server.url : server.url.replace('localhost', PLAIN_NAME);
  const page = await profile.open(`${url}/wall?views=spend,nothing`);
  const notes = page.getByRole('status', { name: 'About this wall' });
  await expect(notes).toContainText('Plain HTTP');
  await expect(notes).toContainText(url.replace('http:', 'https:'));
  await expect(notes).toContainText('views=nothing');
  await expect(new Dashboard(page).spendRate).toContainText('$');
});
