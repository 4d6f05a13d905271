import { describe, expect, it } from 'vitest';
import { describeMetricStore } from '../metric-store-contract.ts';
import { aRollup, aSeries } from './builders.ts';
import { ScriptedStore } from './scripted-store.ts';

const START_MS = Date.UTC(2024, 4, 6, 12);
const NOW_MS = START_MS + 3 * 3_600_000 + 4_321;

function aStoreWithUsage(tickMs: number): ScriptedStore {
  const store = new ScriptedStore({ tickMs, earliestMs: START_MS });
  for (let i = 0; i < 2_000; i++) {
    const startMs = START_MS + tickMs * Math.floor(((i * i) % 10_800_000) / tickMs);
    store.use(startMs, aSeries(i % 7), aRollup(1 + (i % 5)));
  }
  store.use(NOW_MS - (NOW_MS % tickMs) - tickMs, aSeries(1), aRollup());
  return store;
}

describeMetricStore('scripted, ticks of 1 s', () => aStoreWithUsage(1_000), NOW_MS);
describeMetricStore('scripted, ticks of 200 ms', () => aStoreWithUsage(200), NOW_MS);

describe('scripted store', () => {
  it('refuses what no source could hold', () => {
    const store = new ScriptedStore({ earliestMs: START_MS });
    expect(() => store.use(START_MS + 1, aSeries(), aRollup())).toThrow(RangeError);
    expect(() => store.use(START_MS - 1_000, aSeries(), aRollup())).toThrow(RangeError);
  });

  it('revises what was used, and says which 5 s changed after which revision', () => {
    const store = new ScriptedStore({ earliestMs: START_MS });
    store.use(START_MS + 7_000, aSeries(), aRollup(1));
    store.revise(START_MS + 7_000, aSeries(), aRollup(4));
    store.revise(START_MS + 22_000, aSeries(2), aRollup(2));
    expect(store.revision).toBe(2);
    expect(store.rollups(START_MS, START_MS + 60_000, '1m').calls).toEqual(Float64Array.of(4, 2));
    const second = { from: START_MS + 20_000, to: START_MS + 25_000 };
    expect(store.revisedSince(1)).toEqual([second]);
    expect(store.revisedSince(0)).toEqual([
      { from: START_MS + 5_000, to: START_MS + 10_000 },
      second,
    ]);
    store.revise(START_MS + 22_000, aSeries(2), null);
    expect(store.rollups(START_MS, START_MS + 60_000, '1m').calls).toEqual(Float64Array.of(4));
  });

  it('begins anew with another epoch', () => {
    const store = new ScriptedStore({ earliestMs: START_MS });
    store.use(START_MS, aSeries(), aRollup());
    store.revise(START_MS, aSeries(), aRollup(2));
    store.startEpoch('epoch-2');
    expect(store.epoch).toBe('epoch-2');
    expect(store.revision).toBe(0);
    expect(store.series.size).toBe(0);
    expect(store.rollups(START_MS, START_MS + 5_000, '5s').length).toBe(0);
  });

  it('can lag behind the clock', () => {
    const store = new ScriptedStore({ earliestMs: START_MS });
    store.holdWatermark(START_MS + 999);
    expect(store.watermarkAt(NOW_MS)).toBe(START_MS + 999);
    store.holdWatermark(null);
    expect(store.watermarkAt(NOW_MS)).toBe(NOW_MS - (NOW_MS % 1_000) - 1);
  });
});
