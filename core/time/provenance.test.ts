import { describe, expect, it } from 'vitest';
import type { IntervalSet } from './intervals.ts';
import { NO_PROVENANCE, type Provenance, provenanceAfter } from './provenance.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const hour = (from: number, to = from + 1) => ({ fromMs: from * HOUR_MS, toMs: to * HOUR_MS });
const live = (set: IntervalSet): Provenance => ({ live: set, outages: [] });
const outages = (set: IntervalSet): Provenance => ({ live: [], outages: set });

describe('provenance', () => {
  it('S49 grows by what is added, and loses what is to be fetched again', () => {
    const first = provenanceAfter(NO_PROVENANCE, [], live([hour(0, 4)]));
    const next = provenanceAfter(first, [hour(1)], live([hour(4)]));
    expect(next).toEqual(live([hour(0), hour(2, 5)]));
  });

  it('S49 keeps outages through a revision: the server was not heard all the same', () => {
    const before = outages([hour(1)]);
    expect(provenanceAfter(before, [hour(0, 4)], NO_PROVENANCE)).toEqual(before);
  });

  it('S51 forgets what is older than 30 days', () => {
    const old = { live: [hour(0, 48)], outages: [hour(1), hour(30)] };
    const end = 31 * 24;
    const next = provenanceAfter(old, [], live([hour(end - 1, end)]));
    expect(next.live).toEqual([hour(24, 48), hour(end - 1, end)]);
    expect(next.outages).toEqual([hour(30)]);
    expect(next.live[0]?.fromMs).toBe(end * HOUR_MS - 30 * DAY_MS);
  });

  it('S51 forgets the oldest when there are too many', () => {
    const minute = (i: number) => ({ fromMs: i * 60_000, toMs: i * 60_000 + 5_000 });
    const many = Array.from({ length: 500 }, (_, i) => minute(i));
    const { live: kept, outages: keptOutages } = provenanceAfter(NO_PROVENANCE, [], {
      live: many,
      outages: many,
    });
    expect(kept).toEqual(many.slice(-200));
    expect(keptOutages).toEqual(kept);
  });
});
