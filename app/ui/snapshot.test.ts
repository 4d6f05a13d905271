import { afterEach, describe, expect, it, vi } from 'vitest';
import { NOTHING_KNOWN } from '#core/time/known.ts';
import { OTHER_MODELS } from '#core/view/frame.ts';
import { AS_OF_MS, aCustomer, aFigure, aFrame, aTokenSeries } from '#app/testing/frames.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';

const SOURCE = { kind: 'fleet', label: 'simulated fleet', isLatencyModelled: false } as const;
const SNAPSHOT = { frame: aFrame(), clockOffsetMs: -250, source: SOURCE };

/** Writes a good snapshot and then lets `change` spoil what is stored. */
function spoil(change: (stored: Record<string, unknown>) => unknown): void {
  writeSnapshot(SNAPSHOT);
  const [key] = Object.keys(localStorage);
  if (key === undefined) throw new Error('nothing was stored');
  const stored = JSON.parse(localStorage.getItem(key) ?? '') as Record<string, unknown>; // an object, as written
  localStorage.setItem(key, JSON.stringify(change(stored)));
}

describe('the snapshot', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('U1 comes back as it was kept', () => {
    writeSnapshot(SNAPSHOT);
    expect(readSnapshot()).toMatchObject(SNAPSHOT);
  });

  it('U1 keeps gaps, zeros and what is not known apart', () => {
    const frame = aFrame({
      tokenSeries: aTokenSeries([null, 0, 5]),
      spendRate: { windowMs: 60_000, coveredMs: 0, usdPerHour: null },
    });
    writeSnapshot({ frame, clockOffsetMs: null, source: null });
    expect(readSnapshot()).toMatchObject({ frame, clockOffsetMs: null, source: null });
  });

  it('U1 of an older build is drawn, without a word on what is known, or on days', () => {
    const { known: _known, days: _days, ...frame } = aFrame();
    spoil((stored) => ({ ...stored, frame }));
    expect(readSnapshot()?.frame).toEqual({ ...aFrame(), known: NOTHING_KNOWN, days: null });
  });

  it('U3 has room for the newest of what is known, however much that is', () => {
    const many = Array.from({ length: 500 }, (_, i) => ({
      fromMs: AS_OF_MS + i * 10_000,
      toMs: AS_OF_MS + i * 10_000 + 5_000,
    }));
    const coverage = { '5s': many, '1m': many, '1h': many };
    const known = { coverage, live: many, outages: many };
    writeSnapshot({ ...SNAPSHOT, frame: aFrame({ known }) });
    expect(readSnapshot()?.frame.known.live).toEqual(many.slice(-20));
  });

  it('V36 keeps the days of a month, and rather the rest than those of a year', () => {
    const aDay = (i: number) => ({
      fromMs: i * 86_400_000,
      toMs: (i + 1) * 86_400_000,
      wholeFromMs: i * 86_400_000,
      wholeToMs: (i + 1) * 86_400_000,
      coveredMs: 86_400_000,
      costMicroUsd: 1_234_567_890_123,
      tokens: 1_234_567_890_123,
      calls: 123_456_789,
    });
    const daysOf = (length: number) => {
      const days = { zone: 'UTC', uses: Array.from({ length }, (_, i) => aDay(i)) };
      writeSnapshot({ ...SNAPSHOT, frame: aFrame({ days }) });
      return readSnapshot()?.frame.days?.uses.length;
    };
    expect([daysOf(31), daysOf(365)]).toEqual([31, undefined]);
    expect(readSnapshot()?.frame.keyFigures).toEqual(aFrame().keyFigures);
  });

  it('U2 is ignored when nothing, or no JSON, is stored', () => {
    expect(readSnapshot()).toBeNull();
    writeSnapshot(SNAPSHOT);
    const [key] = Object.keys(localStorage);
    localStorage.setItem(key ?? '', '{"version":1,"frame":');
    expect(readSnapshot()).toBeNull();
  });

  it.each([
    ['of another version', (stored: object) => ({ ...stored, version: 2 })],
    ['not an object', () => [1, 2]],
    ['without a frame', (stored: object) => ({ ...stored, frame: null })],
    ['with a text for a number', (stored: object) => ({ ...stored, clockOffsetMs: '0' })],
    ['with an unknown source', (stored: object) => ({ ...stored, source: { kind: 'other' } })],
    [
      'with a series of texts',
      (stored: object) => ({
        ...stored,
        frame: { ...aFrame(), tokenSeries: { ...aFrame().tokenSeries, tokens: ['1'] } },
      }),
    ],
    [
      'with a missing part',
      (stored: object) => ({
        ...stored,
        frame: { ...aFrame(), spendRate: { windowMs: 60_000 } },
      }),
    ],
    [
      'with intervals that are none',
      (stored: object) => ({
        ...stored,
        frame: { ...aFrame(), known: { ...aFrame().known, outages: [{ fromMs: 1 }] } },
      }),
    ],
    [
      'with an instant that no calendar has',
      (stored: object) => ({
        ...stored,
        frame: aFrame({ asOfMs: 1e20 }),
      }),
    ],
  ])('U2 is ignored when it is %s', (_, change) => {
    spoil(change);
    expect(readSnapshot()).toBeNull();
  });

  it('U2 does no harm where storage is refused', () => {
    const refuse = () => {
      throw new DOMException('refused', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
    writeSnapshot(SNAPSHOT);
    expect(readSnapshot()).toBeNull();
  });

  it('U3 leaves out what is missed least of a window of 600 points and eight models', () => {
    const points = (value: number) => Array.from({ length: 600 }, (_, i) => value + i);
    const aTrend = (value: number) => ({ ...aFigure(value), trend: points(value / 7) });
    const models = ['a', 'b', 'c', 'd', 'e', 'f', 'g', OTHER_MODELS];
    const tokenSeries = {
      ...aTokenSeries(points(2_345_678_901)),
      before: points(2_345_678_902),
      extremes: {
        finestMs: 1_000,
        least: points(2_145_678_901),
        most: points(2_745_678_901),
      },
      byModel: models.map((model) => ({ model, tokens: points(293_209_862) })),
    };
    const { keyFigures } = aFrame();
    const frame = aFrame({
      tokenSeries,
      keyFigures: {
        ...keyFigures,
        spendUsd: aTrend(123_456),
        tokensPerSecond: aTrend(7_654_321),
        callsPerSecond: aTrend(3_456),
        meanLatencyMs: aTrend(3_621),
        activeCustomers: aTrend(99),
      },
      customers: Array.from({ length: 100 }, (_, i) =>
        aCustomer({
          customerId: `customer-${i}`,
          trend: points(1 / 7).slice(0, 20), // made of many digits
        }),
      ),
    });
    writeSnapshot({ ...SNAPSHOT, frame });
    const [text] = Object.values(localStorage);
    expect(String(text).length).toBeLessThanOrEqual(50_000);
    const kept = readSnapshot()?.frame;
    expect(kept?.tokenSeries.tokens).toEqual(tokenSeries.tokens);
    expect(kept?.tokenSeries).toMatchObject({ before: [], extremes: null });
    expect(kept?.customers).toHaveLength(20);
    const { trend } = kept?.keyFigures.callsPerSecond ?? { trend: [] };
    expect(trend).toHaveLength(60);
    expect(trend[0]).toBeCloseTo(3_456 / 7 + 4.5, 4);
    const byModel = kept?.tokenSeries.byModel ?? [];
    expect(byModel.map((one) => one.model)).toEqual(['a', 'b', 'c', OTHER_MODELS]);
    expect(byModel.at(-1)?.tokens[7]).toBe(5 * (293_209_862 + 7));
  });

  it('U3 leaves out nothing of the live window', () => {
    const tokens = Array.from({ length: 60 }, (_, i) => (i === 7 ? null : 26_000_000 + i));
    const byModel = ['a', 'b'].map((model) => ({ model, tokens }));
    const tokenSeries = { ...aTokenSeries(tokens), before: tokens, byModel };
    writeSnapshot({ ...SNAPSHOT, frame: aFrame({ tokenSeries }) });
    expect(readSnapshot()?.frame.tokenSeries).toEqual(tokenSeries);
  });

  it('U2 is ignored when an earlier build wrote it, which knew nothing of the window before', () => {
    const { before: _before, ...earlier } = aFrame().tokenSeries;
    spoil((stored) => ({ ...stored, frame: { ...aFrame(), tokenSeries: earlier } }));
    expect(readSnapshot()).toBeNull();
  });

  it('U3 is not kept when it is larger than 50 KB', () => {
    const tokens = Array.from({ length: 10_000 }, () => 123_456);
    writeSnapshot({ ...SNAPSHOT, frame: aFrame({ tokenSeries: aTokenSeries(tokens) }) });
    expect(localStorage.length).toBe(0);
  });
});
