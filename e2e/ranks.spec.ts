import type { Page } from '@playwright/test';
import { readCoverage } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

/** One customer's row in one frame of the screen: where it is drawn, and where it belongs, px. */
interface Sighting {
  readonly name: string;
  readonly atPx: number;
  readonly placePx: number;
}

declare global {
  interface Window {
    sightings: Sighting[][];
    /** What has been animated of the rows. */
    animated: Set<string>;
  }
}

/** From now on notes in each frame of the screen where every row is. */
async function watchRows(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.sightings = [];
    window.animated = new Set();
    const look = () => {
      const rows = [...document.querySelectorAll<HTMLElement>('.customers-body [role=row]')];
      const sizer = document.querySelector('.customers-sizer')?.getBoundingClientRect();
      window.sightings.push(
        rows.map((row) => ({
          name: row.querySelector('button')?.textContent ?? '',
          atPx: Math.round(row.getBoundingClientRect().top - (sizer?.top ?? 0)),
          placePx: new DOMMatrix(row.style.transform).m42,
        })),
      );
      for (const row of rows) {
        for (const { effect } of row.getAnimations()) {
          const frames = effect instanceof KeyframeEffect ? effect.getKeyframes() : [];
          const basics = new Set(['offset', 'computedOffset', 'easing', 'composite']);
          for (const name of frames.flatMap((frame) => Object.keys(frame))) {
            if (!basics.has(name)) window.animated.add(name);
          }
        }
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** As long as a slide takes. */
const SLIDE_MS = 900;

/** Shows the customers of one tenant alone, who are few enough to be all in sight. */
async function showOneTenant(page: Page): Promise<void> {
  const table = page.getByRole('grid', { name: 'Customers by spend' });
  await table.getByRole('row').nth(1).getByRole('button').nth(1).click();
  await expect(table).toHaveAttribute('aria-rowcount', /^(1?[0-9])$/);
}

/** Waits until every row is where it belongs. */
async function isAtRest(page: Page): Promise<void> {
  const isHome = ({ atPx, placePx }: Sighting) => atPx === placePx;
  const latest = () => page.evaluate(() => window.sightings.at(-1) ?? []);
  await expect.poll(async () => (await latest()).every(isHome)).toBe(true);
}

/** Turns the order around, and waits until every row is at its new place. */
async function changeOrder(page: Page): Promise<Sighting[][]> {
  await isAtRest(page);
  await page.evaluate(() => window.sightings.splice(0, window.sightings.length - 1));
  const first = () => page.evaluate(() => window.sightings.at(-1)?.map(({ name }) => name));
  const before = await first();
  await page.getByRole('columnheader', { name: 'Spend' }).getByRole('button').click();
  await expect.poll(first).not.toEqual(before);
  await isAtRest(page);
  return page.evaluate(() => window.sightings);
}

/** For each row that was there before and after, and is elsewhere now, where it was in each frame. */
function coursesOf(frames: readonly Sighting[][]): number[][] {
  const [first = [], last = []] = [frames[0], frames.at(-1)];
  const movers = first.filter(({ name, placePx }) =>
    last.some((row) => row.name === name && row.placePx !== placePx),
  );
  return movers.map(({ name }) =>
    frames.flatMap((frame) => frame.find((row) => row.name === name)?.atPx ?? []),
  );
}

test('U103 customers whose ranks change slide to their places, or jump where motion is unwanted', async ({
  server,
  profile,
}) => {
  const dashboard = new Dashboard(await profile.open(server.url));
  const { page } = dashboard;
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await expect(page.getByRole('region', { name: 'Key figures' })).toContainText('Last 5 min,');
  await showOneTenant(page);
  // What comes meanwhile would change ranks by itself.
  await dashboard.pause();
  const endMs = (await readCoverage(page)).coverage.at(-1)?.toMs;
  await expect.poll(() => dashboard.asOfMs()).toBe(endMs);
  // The last slide begins some frames after the time has changed.
  await page.waitForTimeout(SLIDE_MS + 500);

  await watchRows(page);
  const sliding = await changeOrder(page);
  expectPlaces(sliding);
  const courses = coursesOf(sliding);
  expect(courses.length).toBeGreaterThan(2);
  for (const course of courses) {
    const [fromPx = 0, toPx = 0] = [course[0], course.at(-1)];
    expect(new Set(course).size, `from ${fromPx} to ${toPx}`).toBeGreaterThan(4);
    const isDown = toPx > fromPx;
    expect(course).toEqual(course.toSorted((a, b) => (isDown ? a - b : b - a)));
  }
  expect(await page.evaluate(() => [...window.animated])).toEqual(['transform']);

  await page.emulateMedia({ reducedMotion: 'reduce' });
  const jumping = await changeOrder(page);
  expectPlaces(jumping);
  expect(coursesOf(jumping)).toHaveLength(courses.length);
  for (const course of coursesOf(jumping)) {
    expect(new Set(course)).toEqual(new Set([course[0], course.at(-1)]));
  }
});

/** In every frame each row has a place of its own, and none is left out. */
function expectPlaces(frames: readonly Sighting[][]): void {
  for (const frame of frames) {
    const places = frame.map(({ placePx }) => placePx).toSorted((a, b) => a - b);
    const heightPx = places[1] ?? Number.NaN;
    expect(heightPx).toBeGreaterThan(0);
    expect(places).toEqual(places.map((_, i) => i * heightPx));
  }
}
