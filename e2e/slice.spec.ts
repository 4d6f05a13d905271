import { formatUsd } from '#app/ui/format.ts';
import { readCache } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

const WINDOW_MS = 300_000;

test.use({ settings: { FLEET_CUSTOMERS: '1000' } });

test('U101 one of a thousand customers, clicked, stays the slice when the server is killed', async ({
  server,
  profile,
}) => {
  const dashboard = new Dashboard(await profile.open(server.url));
  const { page, tokenUsage } = dashboard;
  const table = page.getByRole('grid', { name: 'Customers by spend' });
  const keyFigures = page.getByRole('region', { name: 'Key figures' });
  await expect(keyFigures).toContainText('Last 5 min, against the 5 min before');
  await expect
    .poll(async () => Number(await table.getAttribute('aria-rowcount')))
    .toBeGreaterThan(500);

  const button = table.getByRole('row').nth(3).getByRole('button').first();
  const customer = (await button.textContent()) ?? '';
  await button.click();
  await expect(table).toHaveAttribute('aria-rowcount', '2');
  const row = table.getByRole('row').nth(1);
  await expect(row).toContainText(customer);
  expect(new URL(page.url()).searchParams.getAll('customer')).toEqual([customer]);

  await dashboard.isKept();
  await server.kill();
  await expect(dashboard.badge).toHaveAttribute('data-state', 'waiting');
  const { coverage, lines } = await readCache(page);
  const toMs = coverage.at(-1)?.toMs ?? Number.NaN;
  await expect.poll(() => dashboard.asOfMs()).toBe(toMs);
  const spent = formatUsd(spentMicroUsd(lines, customer, toMs) / 1e6);
  await expect(row).toContainText(spent);
  const numbers = async () => [
    await row.textContent(),
    await tokenUsage.locator('.headline').textContent(),
    await dashboard.chartOutline(),
  ];
  const before = await numbers();

  await page.reload();
  await expect(table).toHaveAttribute('aria-rowcount', '2');
  await expect.poll(numbers).toEqual(before);
  expect(new URL(page.url()).searchParams.getAll('customer')).toEqual([customer]);
  await expect(page.getByRole('button', { name: 'Clear all' })).toBeVisible();
});

/** What a customer spent in the window that ends then, by the rows of the cache. */
function spentMicroUsd(lines: readonly string[], customer: string, toMs: number): number {
  return lines
    .map((line) => line.split(' '))
    .filter(([startMs, ...rest]) => {
      const isInWindow = Number(startMs) >= toMs - WINDOW_MS && Number(startMs) < toMs;
      return isInWindow && rest.join(' ').split('/')[1] === customer;
    })
    .reduce((sum, parts) => sum + Number(parts.at(-2)), 0);
}
