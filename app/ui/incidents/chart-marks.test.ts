import { describe, expect, it } from 'vitest';
import { standingOf } from '#core/outbox/standing.ts';
import { NO_FILTER } from '#core/view/filter.ts';
import { aFrame } from '#app/testing/frames.ts';
import { anAnomaly } from '#app/testing/known-incidents.ts';
import { isOfSlice, isWithin, marksOf, shadesOf } from './chart-marks.ts';
import type { ShownIncident } from './shown-incidents.ts';

const SPAN = { fromMs: 1_000_000, toMs: 1_100_000 };
const WIDTH = 1_000;

type Parts = Parameters<typeof anAnomaly>[0];

function shown(id: string, startMs: number, parts: Parts = {}): ShownIncident {
  const present = standingOf(undefined, [], 0);
  return { anomaly: anAnomaly({ id, startMs, ...parts }), standing: present, present };
}

describe('marks on the chart', () => {
  it('V48 are of incidents that reach into what is shown', () => {
    const within = (startMs: number, endMs: number | null) =>
      isWithin(anAnomaly({ startMs, endMs }), SPAN);
    expect(within(900_000, null)).toBe(true);
    expect(within(900_000, 1_000_001)).toBe(true);
    expect(within(900_000, 1_000_000)).toBe(false);
    expect(within(1_099_999, null)).toBe(true);
    expect(within(1_100_000, null)).toBe(false);
  });

  it('V48 are of the slice that is shown', () => {
    const customer = anAnomaly({ root: { dimension: 'customer', id: 'acme' } });
    const other = anAnomaly({ root: { dimension: 'customer', id: 'elsewhere' } });
    const model = anAnomaly({ root: { dimension: 'model', id: 'gpt-4o' } });
    const all = anAnomaly({ root: { dimension: 'total', id: '' } });
    const of = (filter: Partial<typeof NO_FILTER>) => {
      const frame = aFrame({ filter: { ...NO_FILTER, ...filter } });
      return [customer, other, model, all].map((one) => isOfSlice(one, frame));
    };
    expect(of({})).toEqual([true, true, true, true]);
    expect(of({ customers: ['acme'] })).toEqual([true, false, true, true]);
    // Of what is filtered by something else: whether it was used in what is shown.
    expect(of({ tenants: ['north'] })).toEqual([true, false, true, true]);
    expect(of({ models: ['claude-sonnet-4'] })).toEqual([true, false, false, true]);
  });

  it('V48 stand where they began, at the edge if that was before', () => {
    const marks = marksOf([shown('b', 1_050_000), shown('a', 900_000)], SPAN, WIDTH);
    expect(marks.map(({ id, at }) => [id, at])).toEqual([
      ['a', 0],
      ['b', 0.5],
    ]);
  });

  it('V49 are one where they would overlap, the worst first', () => {
    const near = [
      shown('a', 1_050_000, { severity: 'minor' }),
      shown('b', 1_052_300, { severity: 'critical' }),
      shown('c', 1_052_400, { severity: 'major' }),
    ];
    const ids = (widthPx: number) =>
      marksOf(near, SPAN, widthPx).map((one) => one.incidents.map(({ anomaly }) => anomaly.id));
    expect(ids(WIDTH)).toEqual([['b', 'a'], ['c']]);
    expect(ids(100)).toEqual([['b', 'c', 'a']]);
    expect(ids(100_000)).toEqual([['a'], ['b'], ['c']]);
  });

  it('V49 never overlap, however many there are', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => shown(`i${i}`, 1_000_000 + i * 97));
    const marks = marksOf(many, SPAN, WIDTH);
    expect(marks.length).toBeLessThanOrEqual(WIDTH / 24 + 1);
    for (const [i, one] of marks.slice(1).entries()) {
      expect((one.at - (marks[i]?.at ?? 0)) * WIDTH).toBeGreaterThanOrEqual(24 - 1e-9);
    }
    expect(marks.reduce((sum, one) => sum + one.incidents.length, 0)).toBe(1_000);
  });

  it('V48 shade how long each lasted, graver ones over others, and no more than can be seen', () => {
    const shades = shadesOf(
      [
        shown('a', 900_000, { endMs: 1_010_000, severity: 'critical' }),
        shown('b', 1_080_000, { endMs: null, severity: 'minor' }),
        shown('c', 1_010_050, { endMs: 1_020_000, severity: 'critical' }),
      ],
      SPAN,
      WIDTH,
    );
    expect(shades).toEqual([
      { severity: 'minor', from: 0.8, to: 1 },
      { severity: 'critical', from: 0, to: 0.2 },
    ]);
    const many = Array.from({ length: 1_000 }, (_, i) =>
      shown(`i${i}`, 1_000_000 + i * 100, { endMs: 1_000_050 + i * 100, severity: 'minor' }),
    );
    expect(shadesOf(many, SPAN, 500).length).toBeLessThanOrEqual(500);
  });
});
