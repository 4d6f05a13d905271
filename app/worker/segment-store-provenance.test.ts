import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { NOTHING_CROWDED_OUT } from '#core/live/history-plan.ts';
import type { Segment } from '#core/rollup/segment.ts';
import type { Interval } from '#core/time/intervals.ts';
import { aCommit, aCursor, aSecond, aSegment, infoOf, span, stores } from '#app/testing/commits.ts';

describe.each(stores)('of the past a segment store %s', (_name, open) => {
  it('S49 keeps what came live with the commit that brought it, and not what was refused', async () => {
    const store = open();
    expect((await store.load()).provenance).toBeNull();
    const live = (set: readonly Interval[]) => ({ provenance: { live: set, outages: [] } });
    await store.commit(aCommit(live([span(0, 2)])));
    await store.commit(aSecond({ ...live([span(2, 3)]), expected: aCursor(1) }));
    expect((await store.load()).provenance).toEqual({
      epoch: 'e',
      ...live([span(0, 2)]).provenance,
    });
    await store.commit(aSecond(live([span(2, 3)])));
    expect((await store.load()).provenance?.live).toEqual([span(0, 3)]);
  });

  it('S49 forgets of what is revoked, whole 5 s segments, that it came live', async () => {
    const store = open();
    const minute: Segment = { ...aSegment(0, 12), resolution: '1m' };
    const segments = [aSegment(0, 2), aSegment(2, 5), aSegment(5, 12)];
    const covered = [span(0, 12)];
    const next = aCursor(12);
    const provenance = { live: covered, outages: [span(20, 24)] };
    await store.commit(aCommit({ segments, covered, next, provenance }));
    const all = { newSeries: [], firstSeriesId: 1 };
    const rolled = { resolution: '1m' as const, segments: [minute], covered };
    await store.commit(aCommit({ ...all, ...rolled, expected: next, next }));
    const revoked = { revoked: [span(3, 4)], segments: [], covered: [] };
    const changes = (['5s', '1m'] as const).map((resolution) => ({ ...revoked, resolution }));
    const revoke = { ...aCommit({ ...all, expected: next, next }), changes };
    expect(await store.commit(revoke)).toBe(true);
    const stored = await store.load();
    expect(stored.provenance?.live).toEqual([span(0, 2), span(5, 12)]);
    expect(stored.provenance?.outages).toEqual([span(20, 24)]);
    expect(stored.dataSets[0]?.coverage['1m']).toEqual([]);
  });

  it('S49 does not forget what came live when its segments are let go', async () => {
    const store = open();
    await store.commit(aCommit({ provenance: { live: [span(0, 2)], outages: [] } }));
    await store.drop([infoOf(aSegment(0, 2))], NOTHING_CROWDED_OUT);
    expect((await store.load()).provenance?.live).toEqual([span(0, 2)]);
  });

  it('S49 takes nothing of another epoch for live, and keeps its outages', async () => {
    const store = open();
    await store.commit(aCommit({ provenance: { live: [span(0, 2)], outages: [span(0, 1)] } }));
    const next = aCursor(3, { epoch: 'f' });
    const commit = { expected: aCursor(2), next, segments: [], covered: [span(2, 3)] };
    await store.commit(aCommit({ ...commit, provenance: { live: [span(2, 3)], outages: [] } }));
    const { provenance } = await store.load();
    expect(provenance).toEqual({ epoch: 'f', live: [span(2, 3)], outages: [span(0, 1)] });
  });

  it('S50 keeps outages that no commit brought, before and after the first', async () => {
    const store = open();
    await store.saveOutages([span(0, 1)]);
    await store.commit(aCommit({ provenance: { live: [span(3, 4)], outages: [span(1, 2)] } }));
    await store.saveOutages([span(7, 8)]);
    const { provenance } = await store.load();
    const outages = [span(0, 2), span(7, 8)];
    expect(provenance).toEqual({ epoch: 'e', live: [span(3, 4)], outages });
    await store.clear();
    expect((await store.load()).provenance).toBeNull();
  });
});
