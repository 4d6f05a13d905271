import { isFull } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

const SPANS = ['15 min', '1 h', '24 h', '7 d', '30 d', '5 min'];

test('N2 N4 every window is there with the server dead', async ({ server, profile }) => {
  profile.expectComplaint(/ERR_CONNECTION_REFUSED/);
  const page = await profile.open(server.url);
  const dashboard = new Dashboard(page);
  await dashboard.isKept();
  await isFull(page, server.url);
  await server.kill();
  await page.reload();
  await expect(dashboard.badge).toHaveAttribute('data-state', 'waiting');
  for (const span of SPANS) {
    await page.getByRole('radio', { name: span, exact: true }).check({ force: true });
    await expect(dashboard.tokenUsage).toContainText(`in the last ${span}`);
    await expect(dashboard.tokenUsage).not.toContainText('known of');
    expect((await dashboard.chartOutline()).length).toBeGreaterThan(500);
  }
});

test('N1 N3 a link to a stretch of the past shows the same to whoever opens it', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  const dashboard = new Dashboard(page);
  await isFull(page, server.url);
  await page.getByRole('radio', { name: '1 h', exact: true }).check({ force: true });
  await page.getByRole('button', { name: 'Stop here' }).click();
  for (let step = 0; step < 8; step++) await page.keyboard.press(',');
  const mode = page.getByRole('status', { name: 'Mode' });
  await expect(mode).toContainText('Historical');
  // Four hours back at 5 s is more than is always fetched.
  await expect(dashboard.tokenUsage).toContainText('in the 1 h to');
  const told = await dashboard.tokenUsage.getByText('in the 1 h to').textContent();
  const outline = await dashboard.chartOutline();

  const other = await profile.open(page.url());
  const theirs = new Dashboard(other);
  await expect(theirs.tokenUsage).toContainText(told ?? 'nothing');
  await expect.poll(() => theirs.chartOutline()).toBe(outline);
  await other.keyboard.press('l');
  await expect(other.getByRole('status', { name: 'Mode' })).toHaveCount(0);
  await expect(theirs.tokenUsage).toContainText('in the last 1 h');
});
