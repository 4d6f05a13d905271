import { QuickLook } from '#core/anomaly/quick-look.ts';
import { RecordBand } from '#core/anomaly/record-band.ts';
import { DEFAULT_SETTINGS } from '#core/anomaly/settings.ts';
import { Watch } from '#core/anomaly/watch.ts';
import { RESOLUTION_MS } from '#core/time/resolution.ts';
import { type Fleet, createFleet } from '#mock-server/fleet/fleet.ts';
import type { Table } from './table.ts';

const MINUTE_MS = RESOLUTION_MS['1m'];
const HOUR_MS = RESOLUTION_MS['1h'];
const TO_MS = Date.UTC(2026, 10, 18, 12);
const POINTS = 400_000;
const MEASURES = 5;
const QUICK_MINUTES = 10;

/** What it costs to watch all series of the default fleet. */
export function benchDetect(): Table {
  return {
    title:
      'Detecting: 100 customers, 7 tenants, 9 models and the total, 5 measures each (Node, one core)',
    columns: ['what', 'points', 'ms', 'ns per point', 'state as JSON, bytes per series'],
    rows: [oneDetector(), ...[1, 30].map(warmUp), quickLook()],
  };
}

function oneDetector(): string[] {
  const band = new RecordBand(40_320);
  const run = () => {
    for (let i = 0; i < POINTS; i++)
      band.push(100 + 40 * Math.sin(i / 229) + 10 * ((i * 0.618_034) % 1), Math.floor(i / 60));
  };
  run();
  const ms = timeOf(run);
  const bytes = JSON.stringify(band.toState()).length;
  return rowOf('a detector alone', POINTS, ms, bytes);
}

function warmUp(days: number): string[] {
  const fleet = aFleet();
  const watch = aWatch(fleet);
  let ms = 0;
  for (let fromMs = TO_MS - days * 24 * HOUR_MS; fromMs < TO_MS; fromMs += HOUR_MS) {
    const toMs = fromMs + HOUR_MS;
    const rows = fleet.rollups(fromMs, toMs, '1m');
    // Making the history up is the simulation's work.
    ms += timeOf(() => watch.push({ rows, fromMs, toMs }));
  }
  const series = watch.groups.size * MEASURES;
  const bytes = JSON.stringify(watch.toState()).length / series;
  return rowOf(`warm-up of ${days} d, ${series} series`, days * 1_440 * series, ms, bytes);
}

function quickLook(): string[] {
  const fleet = aFleet();
  const watch = aWatch(fleet);
  const fromMs = TO_MS - 3 * HOUR_MS;
  watch.push({ rows: fleet.rollups(fromMs, TO_MS, '1m'), fromMs, toMs: TO_MS });
  const quick = new QuickLook(watch, DEFAULT_SETTINGS);
  let ms = 0;
  const endMs = TO_MS + QUICK_MINUTES * MINUTE_MS;
  const buckets = (QUICK_MINUTES * MINUTE_MS) / RESOLUTION_MS['5s'];
  for (let at = TO_MS; at < endMs; at += RESOLUTION_MS['5s']) {
    const toMs = at + RESOLUTION_MS['5s'];
    const rows = fleet.rollups(at, toMs, '5s');
    ms += timeOf(() => quick.push({ rows, fromMs: at, toMs }));
  }
  return rowOf('quick look, every 5 s', buckets * watch.groups.size * 2, ms, null);
}

function rowOf(what: string, points: number, ms: number, bytes: number | null): string[] {
  const ns = ((ms * 1e6) / points).toFixed(0);
  return [what, String(points), ms.toFixed(0), ns, bytes === null ? '' : bytes.toFixed(0)];
}

function aFleet(): Fleet {
  return createFleet({
    seed: 1,
    customers: 100,
    tenants: 7,
    tickMs: 1_000,
    incidents: 'on',
    startedAtMs: 0,
  });
}

function aWatch(fleet: Fleet): Watch {
  return new Watch(fleet.series, { settings: DEFAULT_SETTINGS, utcOffsetMinutes: 0 });
}

function timeOf(run: () => unknown): number {
  const startMs = performance.now();
  run();
  return performance.now() - startMs;
}
