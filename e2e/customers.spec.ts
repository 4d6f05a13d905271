import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

test('U84 on a phone each customer is a card with all its numbers, few at once, and can be sorted', async ({
  server,
  profile,
}) => {
  const { page } = new Dashboard(await profile.open(server.url));
  await page.setViewportSize({ width: 360, height: 780 });
  const customers = page.getByRole('region', { name: 'Top customers' });
  const first = customers.getByRole('row').nth(1);
  for (const name of ['spend', 'share', 'bar', 'trend', 'tokens', 'calls', 'latency']) {
    const part = first.locator(`.customer-${name}`);
    await expect(part, name).toBeVisible();
    const isCut = await part.evaluate((it) => it.scrollWidth > it.clientWidth);
    expect(isCut, `${name} is cut off`).toBe(false);
  }
  expect(await customers.getByRole('row').count()).toBeLessThan(30);

  const ranks = async () => {
    const cells = await customers.locator('.customers-body .customer-rank').allTextContents();
    return cells.slice(0, 3).map(Number);
  };
  expect(await ranks()).toEqual([1, 2, 3]);
  await customers.getByRole('button', { name: 'Rank' }).click();
  await customers.getByRole('button', { name: 'Rank' }).click();
  await expect.poll(async () => (await ranks())[0]).toBeGreaterThan(20);
});

test('U84 a window that is made wide has lines again, one below the other', async ({
  server,
  profile,
}) => {
  const { page } = new Dashboard(await profile.open(server.url));
  const customers = page.getByRole('region', { name: 'Top customers' });
  const distance = async () => {
    const [first, second] = await Promise.all(
      [1, 2].map((row) => customers.getByRole('row').nth(row).boundingBox()),
    );
    return Math.round((second?.y ?? 0) - (first?.y ?? 0));
  };
  await expect.poll(distance).toBe(44);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(distance).toBe(108);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect.poll(distance).toBe(44);
});

test('U87 the customers are walked over by keyboard, in sight, and filtered by', async ({
  server,
  profile,
}) => {
  const { page } = new Dashboard(await profile.open(server.url));
  const customers = page.getByRole('region', { name: 'Top customers' });
  await expect(customers.getByRole('row').nth(1)).toBeVisible();
  await customers.getByRole('button', { name: 'Share' }).focus();
  await page.keyboard.press('Tab');
  const focused = customers.locator('.customer:focus');
  await expect(focused).toHaveAttribute('aria-rowindex', '2');
  await expect(focused).toHaveCSS('outline-style', 'solid');
  for (const key of ['End', 'PageUp', 'Home', 'PageDown', 'ArrowDown']) {
    await page.keyboard.press(key);
    // But for a part of a pixel.
    await expect(focused).toBeInViewport({ ratio: 0.98 });
  }
  const rowIndex = Number(await focused.getAttribute('aria-rowindex'));
  expect(rowIndex).toBeGreaterThan(3);
  const name = (await focused.getByRole('button').first().textContent()) ?? '';

  // Wherever the list is scrolled to, and whoever overtakes: the focus stays.
  await customers.locator('.customers-body').evaluate((list) => list.scrollTo(0, 2_000));
  const asOfMs = await new Dashboard(page).asOfMs();
  await expect.poll(() => new Dashboard(page).asOfMs()).toBeGreaterThan(asOfMs + 5_000);
  await expect(focused).toContainText(name);

  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: `Remove customer ${name}` })).toBeVisible();
  await expect(focused).toContainText(name);
});
