import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { NOTHING_CROWDED_OUT } from '#core/live/history-plan.ts';
import type { Segment } from '#core/rollup/segment.ts';
import {
  ACME,
  aCommit,
  aCursor,
  aSecond,
  aSegment,
  at,
  BOLT,
  fives,
  infoOf,
  type Over,
  span,
  stores,
} from '#app/testing/commits.ts';

describe.each(stores)('a segment store %s', (_name, open) => {
  it('S4 stores a commit whole: cursor, series, segments, coverage', async () => {
    const store = open();
    expect(await store.load()).toMatchObject({ cursor: null, dataSets: [] });
    expect(await store.commit(aCommit())).toBe(true);
    const stored = await store.load();
    expect(stored.cursor).toEqual(aCursor(2));
    expect(stored.dataSets).toMatchObject([{ epoch: 'e', coverage: fives([span(0, 2)]) }]);
    expect(stored.dataSets[0]?.series).toMatchObject([ACME]);
    expect(await store.segmentsIn('e', '5s', span(0, 9))).toEqual([aSegment(0, 2)]);
  });

  it('S4 replaces the segment being filled by its longer self', async () => {
    const store = open();
    await store.commit(aCommit());
    expect(await store.commit(aSecond())).toBe(true);
    expect(await store.segmentsIn('e', '5s', span(0, 9))).toEqual([aSegment(0, 3)]);
    expect((await store.load()).dataSets[0]?.coverage).toEqual(fives([span(0, 3)]));
  });

  it.each<[string, Over]>([
    ['another epoch', { expected: aCursor(2, { epoch: 'other' }) }],
    ['another end of coverage', { expected: aCursor(1) }],
    ['another revision', { expected: aCursor(2, { revision: 1 }) }],
    ['another term', { expected: aCursor(2, { writerTerm: 2 }) }],
    ['an empty cache', { expected: null }],
    ['fewer series', { newSeries: [BOLT], firstSeriesId: 0 }],
    ['a gap that is filled by now', { covered: [span(1, 3)] }],
  ])('S5 refuses a writer that saw %s, and changes nothing', async (_what, seen) => {
    const store = open();
    await store.commit(aCommit());
    const before = await store.load();
    expect(await store.commit(aSecond(seen))).toBe(false);
    expect(await store.load()).toEqual(before);
    expect(await store.segmentsIn('e', '5s', span(0, 9))).toEqual([aSegment(0, 2)]);
  });

  it('S6 gives a new leader the next term, so that the old one is refused', async () => {
    const store = open();
    expect(await store.takeOver()).toBeNull();
    await store.commit(aCommit());
    expect(await store.takeOver()).toEqual(aCursor(2, { writerTerm: 2 }));
    expect(await store.commit(aSecond())).toBe(false);
  });

  it('S7 drops what is revoked by whole segments, with their coverage', async () => {
    const store = open();
    await store.commit(aCommit());
    const other = aSecond({ segments: [aSegment(2, 5)], covered: [span(2, 5)], next: aCursor(5) });
    await store.commit(other);
    const revoke = aSecond({
      expected: aCursor(5),
      next: aCursor(5, { revision: 1 }),
      segments: [],
      covered: [],
      revoked: [span(3, 4)],
    });
    expect(await store.commit(revoke)).toBe(true);
    expect(await store.segmentsIn('e', '5s', span(0, 9))).toEqual([aSegment(0, 2)]);
    const stored = await store.load();
    expect(stored.dataSets[0]?.coverage).toEqual(fives([span(0, 2)]));
    expect(stored.cursor?.revision).toBe(1);
  });

  it('S8 finds the segments that overlap a span, and no others', async () => {
    const store = open();
    const segments = [aSegment(0, 4), aSegment(4, 6), aSegment(8, 9)];
    await store.commit(aCommit({ segments, covered: [span(0, 6), span(8, 9)], next: aCursor(9) }));
    const startsIn = async (from: number, to: number) =>
      (await store.segmentsIn('e', '5s', span(from, to))).map(
        (one) => (one.startMs - at(0)) / 5_000,
      );
    expect(await startsIn(0, 9)).toEqual([0, 4, 8]);
    expect(await startsIn(3, 5)).toEqual([0, 4]);
    expect(await startsIn(4, 6)).toEqual([4]);
    expect(await startsIn(6, 8)).toEqual([]);
    expect(await store.segmentsIn('e', '1m', span(0, 9))).toEqual([]);
    expect(await store.segmentsIn('other', '5s', span(0, 9))).toEqual([]);
  });

  it('S9 drops whole segments with their coverage, and remembers what there is no room for', async () => {
    const store = open();
    const segments = [aSegment(0, 4), aSegment(4, 6), aSegment(6, 9)];
    await store.commit(aCommit({ segments, covered: [span(0, 9)], next: aCursor(9) }));
    const keptFrom = { ...NOTHING_CROWDED_OUT, '5s': at(4) };
    await store.drop(segments.slice(0, 1).map(infoOf), keptFrom);
    expect(await store.segmentsIn('e', '5s', span(0, 9))).toEqual(segments.slice(1));
    const stored = await store.load();
    expect(stored.dataSets[0]?.coverage).toEqual(fives([span(4, 9)]));
    expect(stored.keptFrom).toEqual(keptFrom);
  });

  it('S20 lists what is stored without its bytes', async () => {
    const store = open();
    expect(await store.directory()).toEqual([]);
    const segments = [aSegment(0, 4), aSegment(4, 6)];
    await store.commit(aCommit({ segments, covered: [span(0, 6)], next: aCursor(6) }));
    expect(await store.directory()).toEqual(segments.map(infoOf));
  });

  it('S21 replaces small segments by one, and leaves coverage and cursor alone', async () => {
    const store = open();
    const segments = [aSegment(0, 2), aSegment(2, 4), aSegment(4, 5)];
    await store.commit(aCommit({ segments, covered: [span(0, 5)], next: aCursor(5) }));
    const before = await store.load();
    const fresh = [aSegment(0, 4)];
    const old = segments.slice(0, 2).map(infoOf);
    expect(await store.replace(aCursor(5), old, fresh)).toBe(true);
    expect(await store.segmentsIn('e', '5s', span(0, 9))).toEqual([...fresh, segments[2]]);
    expect(await store.load()).toEqual(before);
  });

  it('S21 replaces nothing when another writer was there first', async () => {
    const store = open();
    const segments = [aSegment(0, 2), aSegment(2, 4)];
    await store.commit(aCommit({ segments, covered: [span(0, 4)], next: aCursor(4) }));
    const old = segments.map(infoOf);
    const fresh = [aSegment(0, 4)];
    expect(await store.replace(aCursor(3), old, fresh)).toBe(false);
    const gone = [{ ...infoOf(aSegment(0, 3)) }, ...old.slice(1)];
    expect(await store.replace(aCursor(4), gone, fresh)).toBe(false);
    expect(await store.segmentsIn('e', '5s', span(0, 9))).toEqual(segments);
  });

  it('S22 changes several resolutions at once, and each has its own coverage', async () => {
    const store = open();
    await store.commit(aCommit({ segments: [aSegment(0, 12)], covered: [span(0, 12)] }));
    const minute: Segment = { ...aSegment(0, 12), resolution: '1m' };
    const next = aSecond({ resolution: '1m', segments: [minute], covered: [span(0, 12)] });
    expect(await store.commit(next)).toBe(true);
    const both = { '5s': [span(0, 12)], '1m': [span(0, 12)], '1h': [] };
    expect((await store.load()).dataSets[0]?.coverage).toEqual(both);
    expect(await store.segmentsIn('e', '1m', span(0, 12))).toEqual([minute]);
    const change = { revoked: [span(3, 4)], segments: [], covered: [] };
    const revoke = {
      ...aSecond({ expected: aCursor(3) }),
      changes: [
        { ...change, resolution: '5s' as const },
        { ...change, resolution: '1m' as const },
      ],
    };
    expect(await store.commit(revoke)).toBe(true);
    expect((await store.load()).dataSets[0]?.coverage).toEqual(fives([]));
    expect(await store.directory()).toEqual([]);
  });

  it('S10 keeps an older epoch beside the new one until it is told to drop it', async () => {
    const store = open();
    await store.commit(aCommit());
    const next = aCursor(3, { epoch: 'f' });
    const commit = aCommit({
      expected: aCursor(2),
      next,
      segments: [aSegment(0, 3, 'f')],
      covered: [span(0, 3)],
    });
    expect(await store.commit(commit)).toBe(true);
    expect((await store.load()).dataSets.map((set) => set.epoch).sort()).toEqual(['e', 'f']);
    await store.keepOnly('f');
    const stored = await store.load();
    expect(stored.dataSets.map((set) => set.epoch)).toEqual(['f']);
    expect(stored.dataSets[0]?.series).toMatchObject([ACME]);
    expect(await store.segmentsIn('e', '5s', span(0, 9))).toEqual([]);
  });

  it('S11 remembers the clock offset and the source', async () => {
    const store = open();
    const source = { kind: 'fleet', label: 'a script', isLatencyModelled: false } as const;
    await store.saveServerFacts(1_234, source);
    await store.saveServerFacts(1_300, null);
    expect(await store.load()).toMatchObject({ clockOffsetMs: 1_300, source });
  });
});
