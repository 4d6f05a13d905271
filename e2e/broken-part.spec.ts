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
    await failure.getByRole('button', { name: 'Try again' }).click();
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
  await failure.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});
