import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type axe from 'axe-core';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDTHS = [360, 390, 820, 1440, 1920, 3840];

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** One line for each thing that axe finds wrong with the page as it is now. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

/** Gaps between neighbouring labels of the time axis, px; a negative one is a collision. */
async function labelGaps(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const labels = document.querySelectorAll('.recharts-xAxis-tick-labels text');
    const boxes = [...labels].map((label) => label.getBoundingClientRect());
    const ends = [document.querySelector('.chart')?.getBoundingClientRect().right ?? 0];
    const starts = boxes.slice(1).map((box) => box.left);
    return boxes.map((box, i) => ([...starts, ...ends][i] ?? 0) - box.right);
  });
}

/** There are labels, and none touches its neighbour. */
function isReadable(gaps: readonly number[]): boolean {
  return gaps.length >= 2 && gaps.every((gap) => gap > 0);
}

for (const colorScheme of ['dark', 'light'] as const) {
  test(`U21 axe finds nothing, live or not, in ${colorScheme}`, async ({ server, profile }) => {
    const page = await profile.open(server.url);
    await page.emulateMedia({ colorScheme });
    const dashboard = new Dashboard(page);
    await expect(dashboard.badge).toHaveAttribute('data-state', /streaming|polling/);
    await expect(dashboard.spendRate).toContainText('$');
    expect(await violationsOf(page)).toEqual([]);

    await page.setViewportSize({ width: 390, height: 844 });
    expect(await violationsOf(page)).toEqual([]);

    await server.kill();
    await expect(dashboard.badge).toHaveAttribute('data-state', 'waiting');
    expect(await violationsOf(page)).toEqual([]);
  });
}

test('U14 U22 nothing collides or sticks out, from 360 px to 4K', async ({ server, profile }) => {
  const page = await profile.open(server.url);
  await expect(new Dashboard(page).spendRate).toContainText('$');
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await expect
      .poll(async () => isReadable(await labelGaps(page)), `labels at ${width} px`)
      .toBe(true);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `overflow at ${width} px`).toBe(0);
  }
});

test('U23 a whole tour of the page can be made by keyboard', async ({ server, profile }) => {
  const page = await profile.open(server.url);
  const dashboard = new Dashboard(page);
  await expect(dashboard.tokenUsage.getByRole('application')).toBeVisible();
  const tour: string[] = [];
  for (let stop = 0; stop < 14; stop++) {
    await page.keyboard.press('Tab');
    tour.push(await nameOfFocus(page));
  }
  expect(tour).toEqual([
    'Live',
    'Settings',
    'Pause',
    'Transport',
    'Polling interval',
    'System',
    'Keyboard shortcuts',
    'Filter by tenant',
    'Filter by customer',
    'Filter by model',
    'Scale: automatic',
    'Total',
    'Tokens over time; the arrow keys go from bucket to bucket',
    'Bars',
  ]);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await expect(dashboard.tokenUsage).toContainText(/\d tokens\d\d:\d\d:\d\d to \d\d:\d\d:\d\d/);
});

/** What assistive technology would call the element that has the focus. */
async function nameOfFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    const label = focused instanceof HTMLInputElement || focused instanceof HTMLSelectElement;
    const named = focused?.getAttribute('aria-label') ?? null;
    if (named !== null) return named;
    const text = label ? focused.labels?.[0]?.firstElementChild?.textContent : focused?.textContent;
    return (text ?? '').trim();
  });
}
