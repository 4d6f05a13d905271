import { render } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { aTokenSeries } from '#app/testing/frames.ts';
import { setElementSize } from '#app/testing/page.tsx';
import { TokenSketch } from './token-sketch.tsx';

function sketchOf(tokens: readonly (number | null)[]) {
  const { container } = render(<TokenSketch series={aTokenSeries(tokens)} view="total" />);
  const lines = [...container.querySelectorAll('.chart-sketch-line')];
  return {
    lines: lines.map((line) => line.getAttribute('d')),
    viewBox: container.querySelector('svg')?.getAttribute('viewBox'),
  };
}

beforeEach(() => setElementSize(600, 300));

describe('the sketch of the token chart', () => {
  it('U1 is the line of the chart, on the scale of the chart', () => {
    expect(sketchOf([2, 4, 0])).toEqual({
      lines: ['M0.5 2L1.5 0L2.5 4'],
      viewBox: '0 0 3 4',
    });
  });

  it('U13 keeps gaps open and zeros drawn', () => {
    expect(sketchOf([0, 0, null, 4, 4]).lines).toEqual(['M0.5 4L1.5 4', 'M3.5 0L4.5 0']);
  });

  it('U13 has a scale when nothing at all was used', () => {
    expect(sketchOf([0, 0]).viewBox).toBe('0 0 2 1');
  });
});
