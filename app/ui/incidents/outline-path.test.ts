import { describe, expect, it } from 'vitest';
import { outlinePath } from './outline-path.ts';

const MINUTE_MS = 60_000;

function anOutline(parts: Partial<Parameters<typeof outlinePath>[0]> = {}) {
  return {
    what: 'spend' as const,
    fromMs: 0,
    binMs: MINUTE_MS,
    actual: [5, 5, 10, 10, 5],
    usual: [5, 5, 5, 5, 5],
    low: [0, 0, 0, 0, 0],
    high: [10, 10, 10, 10, 10],
    ...parts,
  };
}

describe('the drawing of an incident', () => {
  it('U126 shows what was, what is usual and the band, on one scale from zero', () => {
    const path = outlinePath(anOutline(), 2 * MINUTE_MS, 4 * MINUTE_MS, 80, 24);
    expect(path).toEqual({
      actual: 'M0 12L20 12L40 2L60 2L80 12',
      usual: 'M0 12L20 12L40 12L60 12L80 12',
      band: 'M0 2L20 2L40 2L60 2L80 2L80 22L60 22L40 22L20 22L0 22Z',
      fromX: 40,
      toX: 80,
    });
  });

  it('U126 leaves open what is not known', () => {
    const { actual, usual, band } = outlinePath(
      anOutline({
        actual: [10, null, 10, 10, null],
        usual: [null, null, null, null, null],
        low: [null, null, 0, 0, null],
        high: [null, null, 10, 10, 10],
      }),
      0,
      null,
      80,
      24,
    );
    expect(actual).toBe('M0 2h0M40 2L60 2');
    expect(usual).toBe('');
    expect(band).toBe('M40 2L60 2L60 22L40 22Z');
  });

  it('U126 stays in its box, whatever it is given', () => {
    const nothing = anOutline({ actual: [], usual: [], low: [], high: [] });
    expect(outlinePath(nothing, 0, null, 80, 24)).toMatchObject({ actual: '', band: '', toX: 80 });
    const zeros = anOutline({ actual: [0], usual: [0], low: [-5], high: [0] });
    expect(outlinePath(zeros, -MINUTE_MS, 9e9, 80, 24)).toMatchObject({
      actual: 'M0 22h0',
      fromX: 0,
      toX: 80,
    });
  });
});
