import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FINEST_MS, RESOLUTION_MS, ceilTo } from '#core/time/resolution.ts';
import { type AnomaliesReply, type Anomaly, parseAnomaliesReply } from '#core/wire/anomalies.ts';
import { createFleet } from '../fleet/fleet.ts';
import { addressOf, spawnServer } from '../testing/spawned-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const MINUTE_MS = RESOLUTION_MS['1m'];
/** Servers are started several times: seconds each on a busy machine. */
const TIMEOUT_MS = 120_000;
const SIZE = { seed: 3, customers: 12, tenants: 3, tickMs: 1_000 };
const FLEET = {
  FLEET_SEED: String(SIZE.seed),
  FLEET_CUSTOMERS: String(SIZE.customers),
  FLEET_TENANTS: String(SIZE.tenants),
  LOG_LEVEL: 'warn',
};

/** What the ledger tells; null: it is not open yet. */
async function told(address: string): Promise<AnomaliesReply | null> {
  const response = await fetch(`${address}/api/anomalies`);
  if (response.status === 503) return null;
  const parsed = parseAnomaliesReply(await response.json());
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

/** The first answer that has what is waited for. */
async function toldWith(
  address: string,
  isThere: (anomalies: readonly Anomaly[]) => boolean,
): Promise<AnomaliesReply> {
  for (;;) {
    const reply = await told(address);
    if (reply && isThere(reply.anomalies)) return reply;
    await after(50);
  }
}

/** Settings that make the clock show a time when the server has started. */
function clockAt(atMs: number): Record<string, string> {
  return { CLOCK_OFFSET_MS: String(Math.round(atMs - Date.now())) };
}

/** Incidents that overlap one at the same root of the same kind: found twice. */
function doubles(anomalies: readonly Anomaly[]): readonly string[] {
  const endOf = ({ endMs }: Anomaly) => endMs ?? Number.POSITIVE_INFINITY;
  return anomalies
    .filter((one) =>
      anomalies.some(
        (other) =>
          other.id !== one.id &&
          other.kind === one.kind &&
          other.root.id === one.root.id &&
          other.startMs < endOf(one) &&
          one.startMs < endOf(other),
      ),
    )
    .map((one) => one.id);
}

describe('the detection of a server that is killed', () => {
  it(
    'X37 has the same incidents after SIGKILL at any moment, each once, and says nothing again',
    async () => {
      const fleet = createFleet({ ...SIZE, incidents: 'on', startedAtMs: 0 });
      const fromMs = Date.UTC(2026, 9, 20);
      const truth = fleet
        .incidentsBetween(fromMs, fromMs + 20 * 1_440 * MINUTE_MS)
        .find((one) => one.kind === 'runaway-agent' && one.toMs - one.fromMs > 60 * MINUTE_MS);
      if (!truth) throw new Error('no runaway agent');
      // In the midst of it.
      const clock = clockAt(truth.fromMs + 20 * MINUTE_MS);
      const settings = { ...FLEET, ...clock, DATA_DIR: temporaryFolder() };
      let known: readonly Anomaly[] = [];
      // How long after the first word of each life.
      for (const livesMs of [0, 700, 2_000]) {
        const server = spawnServer(settings);
        const address = await addressOf(server);
        const ids = known.map((one) => one.id);
        const isThere = (anomalies: readonly Anomaly[]) =>
          anomalies.some((one) => one.root.id === truth.customerId && one.endMs === null);
        const reply = await toldWith(address, isThere);
        await after(livesMs);
        const last = (await told(address)) ?? reply;
        server.child.kill('SIGKILL');
        await server.ended;
        expect(server.output.err).toBe('');
        expect(last.anomalies.map((one) => one.id)).toEqual(expect.arrayContaining(ids));
        expect(doubles(last.anomalies)).toEqual([]);
        const revisions = last.anomalies.map((one) => one.revision);
        expect(new Set(revisions).size).toBe(revisions.length);
        // What was over before the kill is not told anew.
        for (const one of known.filter(({ endMs }) => endMs !== null))
          expect(last.anomalies.find(({ id }) => id === one.id)).toEqual(one);
        known = last.anomalies;
      }
      const open = known.filter((one) => one.root.id === truth.customerId && one.endMs === null);
      expect(open).toHaveLength(1);
      expect(Math.abs((open[0]?.startMs ?? 0) - truth.fromMs)).toBeLessThanOrEqual(3 * MINUTE_MS);
    },
    TIMEOUT_MS,
  );
});

describe('a runaway customer that begins after the start', () => {
  it(
    'X38 is found within 15 s of its start, with the culprit as first contributor',
    async () => {
      const folder = temporaryFolder();
      const size = { ...SIZE, customers: 40, tenants: 5 };
      const fleet = { ...FLEET, FLEET_CUSTOMERS: '40', FLEET_TENANTS: '5', DATA_DIR: folder };
      // Another moment of the day may hit somebody too small to be told of.
      const clock = clockAt(Date.UTC(2026, 10, 5, 15, 20, 15));
      const server = spawnServer({ ...fleet, ...clock, FLEET_INCIDENTS: 'now' });
      const address = await addressOf(server);
      const text = await readFile(join(folder, 'fleet-runaway.json'), 'utf8');
      const { startedAtMs } = z.object({ startedAtMs: z.int() }).parse(JSON.parse(text));
      const startMs = ceilTo(startedAtMs + 10_000, FINEST_MS);
      const truth = createFleet({ ...size, incidents: 'now', startedAtMs })
        .incidentsBetween(startMs, startMs + 1)
        .find((one) => one.fromMs === startMs);
      const isNew = (one: Anomaly) => one.foundMs > startMs && one.kind === 'spend-spike';
      const reply = await toldWith(address, (anomalies) => anomalies.some(isNew));
      const found = reply.anomalies.find(isNew);
      expect(found?.root).toEqual({ dimension: 'customer', id: truth?.customerId });
      expect(found?.explanation?.first?.key).toEqual(found?.root);
      expect(found?.explanation?.contributions.customers[0]?.id).toBe(truth?.customerId);
      expect((found?.foundMs ?? 0) - startMs).toBeLessThanOrEqual(15_000);
      expect(found?.extraMicroUsdPerHour).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});
