import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

// Else the files come from the store of the service worker.
test.use({ serviceWorkers: 'block' });

test('U100 a part whose code does not arrive fails alone, and comes when asked for again', async ({
  server,
  profile,
}) => {
  profile.expectComplaint(/could not be loaded|Service Worker registration blocked/);
  const page = await profile.open(`${server.url}/api/health`);
  const dashboard = new Dashboard(page);
  const costs = page.getByRole('region', { name: 'Cost by model' });
  const parts = [
    { file: 'token-chart', place: dashboard.tokenUsage, sign: page.getByRole('application') },
    {
      file: 'customer-table',
      place: page.getByRole('region', { name: 'Top customers' }),
      sign: page.getByRole('grid', { name: 'Customers by spend' }),
    },
    {
      file: 'last-day',
      place: page.getByRole('region', { name: 'Key figures' }),
      sign: page.getByText('Active customers'),
    },
  ].map((part) => ({ ...part, code: new RegExp(`/assets/${part.file}-[^/]*\\.js$`) }));
  for (const { code } of parts) await page.route(code, (route) => route.abort());

  await page.goto(server.url);
  const failures = page.getByRole('alert');
  await expect(failures).toHaveCount(parts.length);
  const asOfMs = await dashboard.asOfMs();
  await expect.poll(() => dashboard.asOfMs(), 'the others go on').toBeGreaterThan(asOfMs);
  await expect(dashboard.spendRate).toContainText('$');
  await expect(costs).toContainText('$');

  for (const [i, { code, place, sign }] of parts.entries()) {
    const failure = place.getByRole('alert').first();
    await expect(sign).toHaveCount(0);
    const isRefused = page.waitForEvent('requestfailed', (request) => code.test(request.url()));
    await failure.getByRole('button', { name: 'Try again' }).click();
    await isRefused;
    await expect(failures, 'asked in vain').toHaveCount(parts.length - i);
    await page.unroute(code);
    // It may have come by itself meanwhile.
    await failure.evaluateAll(([one]) => one?.querySelector('button')?.click());
    await expect(failures).toHaveCount(parts.length - i - 1);
    await expect(sign).toBeVisible();
  }
});

test('U100 a page whose code does not arrive fails alone, and comes when asked for again', async ({
  server,
  profile,
}) => {
  profile.expectComplaint(/could not be loaded|Service Worker registration blocked/);
  const page = await profile.open(`${server.url}/api/health`);
  const code = /\/assets\/settings-[^/]*\.js$/;
  await page.route(code, (route) => route.abort());
  await page.goto(server.url);
  await page.getByRole('link', { name: 'Settings' }).click();
  const failure = page.getByRole('alert');
  await expect(failure).toContainText('This page failed');
  await page.getByRole('link', { name: 'Live' }).click();
  await expect(new Dashboard(page).spendRate).toContainText('$');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(failure).toContainText('This page failed');
  await page.unroute(code);
  await failure.evaluateAll(([one]) => one?.querySelector('button')?.click());
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});

test('W37 W39 a page whose code and styles did not arrive comes with both, and nothing is pressed', async ({
  server,
  profile,
}) => {
  profile.expectComplaint(/could not be loaded|Service Worker registration blocked/);
  const page = await profile.open(`${server.url}/api/health`);
  const files = /\/assets\/settings-[^/]*\.(js|css)$/;
  await page.route(files, (route) => route.abort());
  await page.goto(`${server.url}/settings`);
  await expect(page.getByRole('alert')).toContainText('This page failed: its code did not arrive');
  await page.unroute(files);
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await expect(page.locator('.setting').first()).toHaveCSS('display', 'flex');
});

test('W38 what the server no longer has is told of, and the reload that mends it is left to the user', async ({
  server,
  profile,
}) => {
  profile.expectComplaint(/could not be loaded|Service Worker registration blocked/);
  const page = await profile.open(`${server.url}/api/health`);
  // As after another build was deployed: its files have other names.
  const code = /\/assets\/credits-[^/]*\.js$/;
  await page.route(code, (route) => route.fulfill({ status: 404, body: 'Not to be had here' }));
  await page.goto(server.url);
  await expect(new Dashboard(page).spendRate).toContainText('$');
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await page.getByRole('link', { name: 'Credits' }).click();
  await expect(page.getByRole('alert')).toContainText('This page failed');
  const notice = page.getByRole('status', { name: 'Update' });
  await expect(notice).toContainText('The server has another version now');
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
  await page.unroute(code);
  await notice.getByRole('button', { name: 'Reload' }).click();
  await page.waitForFunction(() => !('isSamePage' in window));
  await expect(page.getByRole('heading', { name: 'Credits', exact: true })).toBeVisible();
  await expect(notice).toHaveCount(0);
});

test('W37 W38 a wall comes by itself, whatever of it was missing and for whatever reason', async ({
  server,
  profile,
}) => {
  test.setTimeout(150_000);
  profile.expectComplaint(/could not be loaded|Service Worker registration blocked/);
  const page = await profile.open(`${server.url}/api/health`);
  const code = /\/assets\/wall-[^/]*\.js$/;
  await page.route(code, (route) => route.abort());
  await page.goto(`${server.url}/wall`);
  await expect(page.getByRole('alert')).toContainText('The wall failed');
  await page.unroute(code);
  await expect(page.locator('.wall .panel').first()).toContainText('$');

  await page.route(code, (route) => route.fulfill({ status: 404, body: 'Not to be had here' }));
  await page.goto(`${server.url}/wall`);
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await expect(page.getByRole('alert')).toContainText('The wall failed');
  await page.waitForFunction(() => !('isSamePage' in window), null, { timeout: 80_000 });
  await page.unroute(code);
  await expect(page.locator('.wall .panel').first()).toContainText('$', { timeout: 30_000 });
});
