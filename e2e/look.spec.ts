import type { Page } from '@playwright/test';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

const WIDTHS = [360, 390, 820, 1440, 1920, 3840];

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

test.describe('while nothing is out of the ordinary', () => {
  test.use({ settings: { FLEET_INCIDENTS: 'off' } });

  test('U23 a whole tour of the page can be made by keyboard', async ({ server, profile }) => {
    const page = await profile.open(server.url);
    const dashboard = new Dashboard(page);
    await expect(dashboard.tokenUsage.getByRole('application')).toBeVisible();
    await expect(page.getByRole('button', { name: 'the 5 min before' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'expected' })).toBeVisible();
    const stops = [
      'Live',
      'Credits',
      'Settings',
      'Pause',
      'Transport',
      'Polling interval',
      'System',
      'Keyboard shortcuts',
      '5 min',
      'Custom…',
      'CSV',
      'Time zone',
      'Earlier',
      'Step back',
      'Stop here',
      'Playback speed',
      'Playhead',
      'Filter by tenant',
      'Filter by customer',
      'Filter by model',
      'Scale: automatic',
      'Save the chart as PNG',
      'Total',
      'expected',
      'the 5 min before',
      'Tokens over time; the arrow keys go from bucket to bucket, with Shift they mark a stretch that Enter shows alone',
      'Bars',
    ];
    const tour: string[] = [];
    while (tour.length < stops.length) {
      await page.keyboard.press('Tab');
      tour.push(await nameOfFocus(page));
    }
    expect(tour).toEqual(stops);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    await expect(dashboard.tokenUsage).toContainText(/\d tokens\d\d:\d\d:\d\d to \d\d:\d\d:\d\d/);
  });
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
