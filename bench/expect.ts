import { ForecastLog } from '#core/anomaly/forecast-log.ts';
import { learningFor } from '#core/anomaly/learning.ts';
import type { Chunk } from '#core/rollup/chunk.ts';
import type { Segment } from '#core/rollup/segment.ts';
import { RESOLUTION_MS } from '#core/time/resolution.ts';
import { windowAt } from '#core/view/window.ts';
import { syncCompression } from '#app/testing/sync-compression.ts';
import { packChunk, unpackSegment } from '#app/worker/packing.ts';
import { createFleet } from '#mock-server/fleet/fleet.ts';
import type { Table } from './table.ts';

const MINUTE_MS = RESOLUTION_MS['1m'];
const HOUR_MS = RESOLUTION_MS['1h'];
const TO_MS = Date.UTC(2026, 10, 18, 12);
const HOURS = 36;
const FRAMES = 100;

/** What it costs the worker to learn what is expected of a slice: all of a fleet, of a day and a half before now. */
export async function benchExpect(): Promise<Table> {
  return {
    title: `What is expected of the token chart: ${HOURS} h of minutes, everything (Node, one core)`,
    columns: [
      'fleet',
      'rows',
      'unpacking, ms',
      'learning, ms',
      'longest stretch without a pause, ms',
      'each new minute, ms',
      'for a frame of 24 h, ms',
    ],
    rows: [await rowFor(100), await rowFor(1_000)],
  };
}

async function rowFor(customers: number): Promise<string[]> {
  const fleet = createFleet({
    seed: 1,
    customers,
    tenants: 7,
    tickMs: 1_000,
    incidents: 'on',
    startedAtMs: 0,
  });
  const log = new ForecastLog(learningFor(MINUTE_MS), TO_MS - HOURS * HOUR_MS);
  const chunkOf = (fromMs: number, toMs: number): Chunk => {
    return { fromMs, toMs, rows: fleet.rollups(fromMs, toMs, '1m') };
  };
  let slice = new Uint8Array();
  const times = { unpack: 0, learn: 0, longest: 0, rows: 0 };
  const take = async (segment: Segment) => {
    const begunAtMs = cpuMs();
    const chunk = await unpackSegment(syncCompression, segment);
    const unpackedAtMs = cpuMs();
    if (chunk) log.learn(chunk, slice, chunk.toMs);
    const learntAtMs = cpuMs();
    times.unpack += unpackedAtMs - begunAtMs;
    times.learn += learntAtMs - unpackedAtMs;
    times.longest = Math.max(times.longest, learntAtMs - begunAtMs);
    times.rows += chunk?.rows.length ?? 0;
  };
  for (let fromMs = log.fromMs; fromMs < TO_MS; fromMs += HOUR_MS) {
    // Making the history up is the simulation's work.
    const segments = await packChunk(syncCompression, chunkOf(fromMs, fromMs + HOUR_MS), 'e', '1m');
    slice = new Uint8Array(fleet.series.size).fill(1);
    for (const segment of segments) await take(segment);
  }
  const all = { ...times };
  const [minute] = await packChunk(syncCompression, chunkOf(TO_MS, TO_MS + MINUTE_MS), 'e', '1m');
  if (minute) await take(minute);
  const newMinute = times.unpack + times.learn - all.unpack - all.learn;
  const begunAtMs = cpuMs();
  for (let i = 0; i < FRAMES; i++) log.expectedIn(windowAt(TO_MS - 1, 24 * HOUR_MS));
  const frame = (cpuMs() - begunAtMs) / FRAMES;
  const ms = [all.unpack, all.learn, all.longest].map((one) => one.toFixed(0));
  return [
    `${customers} customers`,
    String(all.rows),
    ...ms,
    newMinute.toFixed(1),
    frame.toFixed(2),
  ];
}

/** Of the processor: the machine may do other things too. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
