import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TraceConfig } from '../config.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { type TraceLoad, loadTrace } from './load-trace.ts';

const NOW_MS = Date.UTC(2024, 4, 6, 7, 53, 22);
const DAY_MS = 86_400_000;
const HEADER = 'TIMESTAMP,ContextTokens,GeneratedTokens';
const ROWS = Array.from(
  { length: 300 },
  (_, i) => `2023-11-16 18:${String(Math.floor(i / 10)).padStart(2, '0')}:0${i % 10}.5,${i + 1},9`,
);

/** A recording named trace.csv, and how to play it. */
function aTrace(lines: readonly string[] = [HEADER, ...ROWS]): TraceConfig {
  const file = join(temporaryFolder(), 'trace.csv');
  writeFileSync(file, lines.join('\r\n'));
  const columns = { timestamp: 'TIMESTAMP', input: 'ContextTokens', output: 'GeneratedTokens' };
  return { file, speed: 1, isLooped: true, columns };
}

function loaded(load: TraceLoad): Extract<TraceLoad, { ok: true }> {
  if (!load.ok) throw new Error(load.reason);
  return load;
}

describe('loading a trace', () => {
  it('T6 continues the same history after a restart', async () => {
    const trace = aTrace();
    const dataDir = temporaryFolder();
    const before = loaded(await loadTrace(trace, dataDir, NOW_MS)).store;
    const after = loaded(await loadTrace(trace, dataDir, NOW_MS + 3 * DAY_MS + 17)).store;
    expect(after.epoch).toBe(before.epoch);
    const hour = Math.floor(NOW_MS / 3_600_000) * 3_600_000;
    const rows = before.rollups(hour - DAY_MS, hour + DAY_MS, '1h');
    expect(rows.length).toBeGreaterThan(0);
    expect(after.rollups(hour - DAY_MS, hour + DAY_MS, '1h')).toEqual(rows);
    expect(after.series.keysFrom(0)).toEqual(before.series.keysFrom(0));
  });

  it('T6 is another data set with another file, speed, loop, column or anchor', async () => {
    const trace = aTrace();
    const dataDir = temporaryFolder();
    const swapped = { ...trace.columns, input: 'GeneratedTokens', output: 'ContextTokens' };
    const loads = [
      await loadTrace(trace, dataDir, NOW_MS),
      await loadTrace(aTrace([HEADER, ...ROWS, '']), dataDir, NOW_MS),
      await loadTrace({ ...trace, speed: 2 }, dataDir, NOW_MS),
      await loadTrace({ ...trace, isLooped: false }, dataDir, NOW_MS),
      await loadTrace({ ...trace, columns: swapped }, dataDir, NOW_MS),
      await loadTrace(trace, temporaryFolder(), NOW_MS + DAY_MS),
    ];
    const epochs = loads.map((load) => loaded(load).store.epoch);
    expect(new Set(epochs).size).toBe(loads.length);
  });

  it('T10 says what is replayed, and that its latency is modelled', async () => {
    const trace = aTrace();
    const dataDir = temporaryFolder();
    expect(loaded(await loadTrace(trace, dataDir, NOW_MS)).store.source).toEqual({
      kind: 'trace',
      label: 'replay of trace.csv',
      isLatencyModelled: true,
    });
    const fast = loaded(await loadTrace({ ...trace, speed: 600 }, dataDir, NOW_MS)).store;
    expect(fast.source.label).toBe('replay x600 of trace.csv');
  });

  it('T3 reports skipped rows once, with the first line', async () => {
    const trace = aTrace([HEADER, ...ROWS.slice(0, 3), 'oops', ...ROWS.slice(3), 'oops again']);
    expect(loaded(await loadTrace(trace, temporaryFolder(), NOW_MS)).warning).toBe(
      '2 of 302 rows skipped, first at line 5: 1 values where the header has 3',
    );
    expect(loaded(await loadTrace(aTrace(), temporaryFolder(), NOW_MS)).warning).toBeNull();
  });

  it('T4 remembers no start of a file that is no trace', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    expect(await loadTrace(aTrace([]), dataDir, NOW_MS)).toMatchObject({ ok: false });
    expect(existsSync(dataDir)).toBe(false);
  });
});
