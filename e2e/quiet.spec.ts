import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

// That nothing is complained of is checked after every test, by its profile.
test('U104 a whole visit, with and without a server, leaves the console silent', async ({
  server,
  profile,
}) => {
  const dashboard = new Dashboard(await profile.open(server.url));
  const { page, badge, spendRate } = dashboard;
  await expect(badge).toHaveAttribute('data-state', 'streaming');
  await expect(spendRate).toContainText('$');
  await page.getByRole('radio', { name: 'By model' }).check({ force: true });
  await page.getByRole('radio', { name: 'Donut' }).check({ force: true });
  await page.getByRole('region', { name: 'Cost by model' }).getByRole('listitem').first().click();
  await expect(page.getByRole('list', { name: 'Active filters' })).toBeVisible();
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('list', { name: 'Active filters' })).toBeVisible();
  await page.goBack();
  await expect(page.getByText('Everything is shown')).toBeVisible();

  await dashboard.isKept();
  await server.kill();
  await expect(badge).toHaveAttribute('data-state', 'waiting');
  await page.reload();
  await expect(badge).toHaveAttribute('data-state', 'waiting');
  await server.start();
  await page.keyboard.press('r');
  await expect(badge).toHaveAttribute('data-state', 'streaming');
});

test('U104 what a page or its worker complains of is noticed', async ({ server, profile }) => {
  const page = await profile.open(server.url);
  await expect(new Dashboard(page).spendRate).toContainText('$');
  await page.evaluate(() => {
    // oxlint-disable-next-line no-console -- this is what is to be noticed
    console.warn('said by the page');
    setTimeout(() => {
      throw new Error('thrown by the page');
    });
  });
  await page.workers()[0]?.evaluate(() => {
    // oxlint-disable-next-line no-console -- this is what is to be noticed
    console.error('said by the worker');
    setTimeout(() => {
      throw new Error('thrown by the worker');
    });
  });
  await expect
    .poll(() => profile.complaints.toSorted())
    .toEqual([
      'Error: thrown by the page',
      'Error: thrown by the worker',
      'said by the page',
      'said by the worker',
    ]);
  profile.expectComplaint(/ by the (page|worker)$/);
});
