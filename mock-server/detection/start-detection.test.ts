import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Anomaly } from '#core/wire/anomalies.ts';
import type { IncidentReport } from '#core/wire/incidents.ts';
import { readConfig } from '../config.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { Keeper, Kept } from './messages.ts';
import { startDetection } from './start-detection.ts';

/** A thread is started from the sources: seconds on a busy machine. */
const TIMEOUT_MS = 120_000;

class MemoryKeeper implements Keeper {
  readonly kept = new Map<string, Kept>();
  readonly reports: IncidentReport[] = [];

  save(key: string, reports: readonly IncidentReport[], kept: Kept | null = null) {
    this.reports.push(...reports);
    if (kept) this.kept.set(key, kept);
    return Promise.resolve(reports.map((one): Anomaly => ({ ...one, revision: 0 })));
  }

  checkpoint(key: string) {
    return Promise.resolve(this.kept.get(key) ?? null);
  }
}

function started(env: Record<string, string>, ledger: () => Keeper | null) {
  const read = readConfig({ DATA_DIR: temporaryFolder(), ...env });
  if (!read.ok) throw new Error(read.reason);
  const said: string[] = [];
  const log = { error: (text: unknown) => void said.push(String(text)), info: () => {} };
  const changed: Anomaly[] = [];
  const onChange = (changes: readonly Anomaly[]) => void changed.push(...changes);
  const detection = startDetection({
    config: read.config,
    startedAtMs: Date.now(),
    ledger,
    onChange,
    log,
  });
  onTestFinished(() => detection.close());
  return { detection, said, changed };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('the thread of the detection', () => {
  it(
    'X40 waits for the ledger, and goes on from what it keeps',
    async () => {
      const first = new MemoryKeeper();
      let open: MemoryKeeper | null = null;
      const env = { FLEET_CUSTOMERS: '8', FLEET_TENANTS: '2', FLEET_SEED: '5' };
      const { detection, said } = started(env, () => open);
      await new Promise((resolve) => setTimeout(resolve, 300));
      open = first;
      await until(() => [...first.kept.keys()].some((key) => !key.includes('/')));
      const keys = [...first.kept.keys()];
      const epoch = keys.find((key) => !key.includes('/')) ?? '';
      expect(keys).toContain(`${epoch}/learnt-0`);
      for (const key of keys) expect(key).toMatch(new RegExp(`^${epoch}(/learnt-[01])?$`));
      expect(said).toEqual([]);
      await detection.close();
      await detection.close();
      const points = first.kept.get(epoch)?.atMs;
      const told = first.reports.length;
      const again = started(env, () => open);
      // Nothing new is told, so there is nothing to wait for but the thread.
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      await again.detection.close();
      expect(first.reports.length).toBe(told);
      expect(first.kept.get(epoch)?.atMs).toBe(points);
    },
    TIMEOUT_MS,
  );

  it(
    'X41 is started again when it dies, and the log says why',
    async () => {
      const folder = temporaryFolder();
      const file = join(folder, 'trace.csv');
      const keeper = new MemoryKeeper();
      const env = { SOURCE: 'trace', TRACE_FILE: file, DATA_DIR: folder };
      const { said } = started(env, () => keeper);
      await until(() => said.length > 0);
      expect(said[0]).toContain('the detection has ended and is started again: ');
      expect(said[0]).toContain('there is no such file');
      const rows = Array.from({ length: 50 }, (_, i) => `2024-01-01 00:00:${10 + i},100,20`);
      writeFileSync(file, ['TIMESTAMP,ContextTokens,GeneratedTokens', ...rows, ''].join('\n'));
      await until(() => keeper.kept.size > 0);
      expect(keeper.kept.size).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});
