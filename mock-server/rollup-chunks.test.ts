import { describe, expect, it } from 'vitest';
import { rollupChunks } from './rollup-chunks.ts';
import { aRollup, aSeries } from './testing/builders.ts';
import { ScriptedStore } from './testing/scripted-store.ts';

const START_MS = Date.UTC(2024, 4, 6, 12);
const SERIES = 2_500;
const BUCKETS = 10;

/** A store with so many series that a chunk has four buckets. */
function aCrowdedStore(): ScriptedStore {
  const store = new ScriptedStore({ earliestMs: START_MS });
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    for (let i = 0; i < SERIES; i++) store.use(START_MS + bucket * 5_000, aSeries(i), aRollup());
  }
  return store;
}

describe('rollups in chunks', () => {
  it('A6 makes at most 10,000 rows at a time, and lets others in between', async () => {
    const seen: { toMs: number; rows: number }[] = [];
    let turnsOfOthers = 0;
    const count = () => {
      turnsOfOthers++;
      if (seen.length < 3) setImmediate(count);
    };
    setImmediate(count);
    const toMs = START_MS + BUCKETS * 5_000;
    for await (const chunk of rollupChunks(aCrowdedStore(), START_MS, toMs, '5s')) {
      seen.push({ toMs: chunk.toMs, rows: chunk.rows.length });
    }
    expect(seen).toEqual([
      { toMs: START_MS + 20_000, rows: 10_000 },
      { toMs: START_MS + 40_000, rows: 10_000 },
      { toMs, rows: 5_000 },
    ]);
    expect(turnsOfOthers).toBeGreaterThanOrEqual(2);
  });
});
