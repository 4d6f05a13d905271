import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { Server } from '../e2e/server.ts';
import { launchProfile } from './browser.ts';
import { serveEmptyPage } from './empty-page.ts';
import { medianOf, type Table } from './table.ts';

const STARTS = 10;
/** Long enough for the last hour to be cached and the snapshot to be kept, ms. */
const WARM_UP_MS = 20_000;

/** Notes when each is first there, at the frame that draws it; as text, since it is not of this program. */
const WATCH = `
  window.seen = {};
  const wanted = { figure: '.headline-figure strong', chart: '.chart path' };
  requestAnimationFrame(function look() {
    for (const [name, selector] of Object.entries(wanted)) {
      if (document.querySelector(selector)) window.seen[name] ??= performance.now();
    }
    requestAnimationFrame(look);
  });
`;

interface Paint {
  readonly figureMs: number;
  readonly chartMs: number;
  readonly firstMs: number;
}

/** How soon cached numbers are on screen when a cold browser opens the page and the server is dead. */
export async function benchOfflinePaint(): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'burnrate-bench-'));
  const server = await Server.start({ DATA_DIR: join(folder, 'data') });
  try {
    const profile = join(folder, 'profile');
    await warmUp(profile, server.url);
    await server.kill();
    const paints: Paint[] = [];
    for (let start = 0; start < STARTS; start++) paints.push(await coldPaint(profile, server.url));
    const empty = await emptyPaints(join(folder, 'empty'));
    return {
      title: `Cold offline paint: ${STARTS} cold browser starts, server dead, ms after navigation`,
      columns: ['what', 'median', 'least', 'most'],
      rows: [
        rowOf('an empty page from a live server: first paint (the limit)', empty),
        rowOf(
          'first contentful paint',
          paints.map((one) => one.firstMs),
        ),
        rowOf(
          'spend rate on screen',
          paints.map((one) => one.figureMs),
        ),
        rowOf(
          'token chart on screen',
          paints.map((one) => one.chartMs),
        ),
      ],
    };
  } finally {
    await server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

async function warmUp(profile: string, url: string): Promise<void> {
  const context = await launchProfile(profile);
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForTimeout(WARM_UP_MS);
  await context.close();
}

async function coldPaint(profile: string, url: string): Promise<Paint> {
  const context = await launchProfile(profile);
  try {
    await context.addInitScript({ content: WATCH });
    const page = await context.newPage();
    await page.goto(url);
    await page.waitForFunction(() => Object.keys(Reflect.get(window, 'seen')).length === 2);
    const seen: { figure: number; chart: number } = await page.evaluate(() =>
      Reflect.get(window, 'seen'),
    );
    return { figureMs: seen.figure, chartMs: seen.chart, firstMs: await firstPaint(context) };
  } finally {
    await context.close();
  }
}

async function emptyPaints(profile: string): Promise<number[]> {
  const empty = await serveEmptyPage();
  const paints: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    const context = await launchProfile(profile);
    const page = await context.newPage();
    await page.goto(empty.url);
    paints.push(await firstPaint(context));
    await context.close();
  }
  empty.close();
  return paints;
}

async function firstPaint(context: BrowserContext): Promise<number> {
  const page = context.pages().at(-1);
  const painted = await page?.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  );
  return (await painted?.jsonValue()) ?? Number.NaN;
}

function rowOf(what: string, values: readonly number[]): string[] {
  const figures = [medianOf(values), Math.min(...values), Math.max(...values)];
  return [what, ...figures.map((value) => String(Math.round(value)))];
}
