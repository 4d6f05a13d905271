import { afterEach, describe, expect, it, vi } from 'vitest';
import { aFrame, aTokenSeries } from '#app/testing/frames.ts';
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
    [
      'by a build that told no days',
      ({ frame, ...stored }: Record<string, unknown>) => {
        const { days: _days, ...older } = frame as ReturnType<typeof aFrame>; // as written
        return { ...stored, frame: older };
      },
    ],
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

  it('U3 is not kept when it is larger than 50 KB', () => {
    const tokens = Array.from({ length: 10_000 }, () => 123_456);
    writeSnapshot({ ...SNAPSHOT, frame: aFrame({ tokenSeries: aTokenSeries(tokens) }) });
    expect(localStorage.length).toBe(0);
  });
});
