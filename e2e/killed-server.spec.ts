import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readCache, readCoverage, readTruth } from './cache.ts';
import { Dashboard, letTimePass } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

const MINUTE_MS = 60_000;
const SHARED_TRACE = resolve('../shared/data/azure-llm-trace-2023-code.csv');

const sources = [
  { name: 'the fleet', settings: { SOURCE: 'fleet' } },
  { name: 'a trace', settings: { SOURCE: 'trace', TRACE_FILE: traceFile() } },
];

/** The recorded hour of a real service where it is at hand, else a small made-up one. */
function traceFile(): string {
  if (existsSync(SHARED_TRACE)) return SHARED_TRACE;
  const rows = Array.from({ length: 600 }, (_, i) => {
    const at = new Date(Date.UTC(2023, 10, 16, 18) + i * 973).toISOString();
    return `${at.replace('T', ' ').replace('Z', '0000')},${100 + ((i * 37) % 900)},${1 + (i % 50)}`;
  });
  const file = join(mkdtempSync(join(tmpdir(), 'burnrate-trace-')), 'trace.csv');
  writeFileSync(file, ['TIMESTAMP,ContextTokens,GeneratedTokens', ...rows].join('\n'));
  return file;
}

for (const { name, settings } of sources) {
  test.describe(`when the server of ${name} is killed`, () => {
    test.use({ settings });

    test(`W1 the charts of ${name} stay, through a reload, a cold start and six more minutes`, async ({
      server,
      profile,
    }) => {
      let dashboard = new Dashboard(await profile.open(server.url));
      await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming');
      await expect(dashboard.spendRate).toContainText('$');
      const firstMs = await dashboard.asOfMs();
      await expect.poll(() => dashboard.asOfMs(), 'the numbers move').toBeGreaterThan(firstMs);

      await dashboard.isKept();
      // The axis makes room for what is expected, once that is learnt.
      await expect(dashboard.page.getByRole('button', { name: 'expected' })).toBeVisible({
        timeout: 40_000,
      });
      await server.kill();
      await expect(dashboard.badge).toHaveAttribute('data-state', 'waiting');
      // The screen is a little behind; when nothing is heard any more it moves up to what is cached.
      const asOfMs = (await readCoverage(dashboard.page)).coverage.at(-1)?.toMs ?? Number.NaN;
      await expect.poll(() => dashboard.asOfMs()).toBe(asOfMs);
      const outline = await dashboard.chartOutline();
      expect(outline.length).toBeGreaterThan(500);

      await dashboard.page.reload();
      await expect
        .poll(async () => farthest(await dashboard.chartOutline(), outline))
        .toBeLessThan(1);
      expect(await dashboard.asOfMs()).toBe(asOfMs);
      await expect(dashboard.badge).toHaveAttribute('data-state', /waiting|connecting/);

      await profile.closeBrowser();
      dashboard = new Dashboard(await profile.open(server.url));
      await expect
        .poll(async () => farthest(await dashboard.chartOutline(), outline))
        .toBeLessThan(1);
      await expect(dashboard.badge).toHaveAttribute('data-state', 'waiting');

      await letTimePass(dashboard.page, 6 * MINUTE_MS);
      await expect(dashboard.badge).toHaveAttribute('data-state', 'offline');
      await expect(dashboard.tokenUsage).toHaveAttribute('data-freshness', 'offline');
      await expect(dashboard.tokenUsage).toContainText('6 min ago');
      await expect
        .poll(async () => farthest(await dashboard.chartOutline(), outline))
        .toBeLessThan(1);
      expect(await dashboard.asOfMs()).toBe(asOfMs);
      await expect(dashboard.spendRate).toContainText('$');
    });

    for (const minutes of [1, 20]) {
      test(`D30 ${name} that comes back after ${minutes} min closes the hole, equal to its history`, async ({
        server,
        profile,
      }) => {
        const dashboard = new Dashboard(await profile.open(server.url));
        await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming');
        await expect(dashboard.spendRate).toContainText('$');
        const beforeMs = await dashboard.asOfMs();
        await dashboard.isKept();
        await server.kill();
        await expect(dashboard.badge).toHaveAttribute('data-state', 'waiting');

        await letTimePass(dashboard.page, minutes * MINUTE_MS);
        await server.start(minutes * MINUTE_MS);
        await dashboard.page.keyboard.press('r');
        await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming');
        await expect.poll(() => dashboard.asOfMs()).toBeGreaterThan(beforeMs + minutes * MINUTE_MS);

        const hourMs = 60 * MINUTE_MS;
        await expect
          .poll(async () => {
            const { coverage } = await readCoverage(dashboard.page);
            const spans = coverage.map((one) => one.toMs - one.fromMs);
            return spans.length === 1 && (spans[0] ?? 0) >= hourMs;
          }, 'one unbroken hour is cached')
          .toBe(true);
        const cached = await readCache(dashboard.page);
        expect(cached.lines.length).toBeGreaterThan(100);
        expect(cached.lines).toEqual(await readTruth(server.url, cached.coverage));
      });
    }
  });
}

/** How far the points of one outline are from those of another at most, px: the axis follows what is expected by a hair. */
function farthest(one: string, other: string): number {
  const [a = [], b = []] = [one, other].map((path) => (path.match(/[\d.]+/g) ?? []).map(Number));
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? Number.NaN))));
}
