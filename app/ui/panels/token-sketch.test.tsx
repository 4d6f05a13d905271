import { beforeEach, describe, expect, it } from 'vitest';
import { aTokenSeries } from '#app/testing/frames.ts';
import { renderPage, setElementSize } from '#app/testing/page.tsx';
import { PageContext } from '../use-page.ts';
import { TokenSketch } from './token-sketch.tsx';

function sketchOf(tokens: readonly (number | null)[]) {
  const { container } = renderPage(<TokenSketch series={aTokenSeries(tokens)} view="total" />);
  const lines = [...container.querySelectorAll('.chart-sketch-line')];
  return {
    lines: lines.map((line) => line.getAttribute('d')),
    top: topOf(container),
  };
}

/** The highest number on the scale. */
const topOf = (container: Element) =>
  [...container.querySelectorAll('.sketch-y')].at(-1)?.textContent;

beforeEach(() => setElementSize(600, 300));

describe('the sketch of the token chart', () => {
  it('U1 is the line of the chart, on the scale of the chart', () => {
    expect(sketchOf([2, 4, 0])).toEqual({
      lines: ['M0.5 500L1.5 0L2.5 1000'],
      top: '4',
    });
  });

  it('U13 keeps gaps open and zeros drawn', () => {
    expect(sketchOf([0, 0, null, 4, 4]).lines).toEqual(['M0.5 1000L1.5 1000', 'M3.5 0L4.5 0']);
  });

  it('V47 has the band and the trend of the chart', () => {
    const expected = { trend: [2, 3, null], low: [1, 2, null], high: [4, 4, null] };
    const series = { ...aTokenSeries([2, 4, 0]), expected };
    const { container } = renderPage(<TokenSketch series={series} view="total" />);
    const drawn = (name: string) => container.querySelector(name)?.getAttribute('d');
    expect(drawn('.sketch-trend')).toBe('M0.5 500L1.5 250');
    expect(drawn('.sketch-expected')).toBe('M0.5 0L1.5 0L1.5 500L0.5 750z');
  });

  it('N11 stacks the models, and keeps its scale while the past is played', () => {
    const series = aTokenSeries([2, 8]);
    const byModel = [
      { model: 'a', tokens: [1, 6] },
      { model: 'b', tokens: [1, 2] },
    ];
    const page = renderPage(<TokenSketch series={{ ...series, byModel }} view="models" />);
    const outlines = [...page.container.querySelectorAll('.sketch-band')].map((one) =>
      one.getAttribute('d'),
    );
    expect(outlines).toEqual([
      'M0.5 900L1.5 400L1.5 1000L0.5 1000z',
      'M0.5 800L1.5 200L1.5 400L0.5 900z',
    ]);
    const next = (tokens: number[]) => {
      page.rerender(
        <PageContext value={page.store}>
          <TokenSketch series={aTokenSeries(tokens)} view="total" />
        </PageContext>,
      );
      return topOf(page.container);
    };
    expect(next([2, 3])).toBe('10');
    expect(next([2, 12])).toBe('15');
    expect(next([1, 1])).toBe('1');
  });

  it('U13 has a scale when nothing at all was used', () => {
    expect(sketchOf([0, 0]).top).toBe('1');
    // As many tokens as a day of hours has.
    expect(sketchOf([5e10, 2.5e10]).lines).toEqual(['M0.5 167L1.5 583']);
  });
});
