import { expect, it } from 'vitest';
import { interpolateNumber, interpolateRound } from './between-numbers.ts';

it('U106 goes from one number to another, and beyond them', () => {
  const between = interpolateNumber(300, 100);
  expect([0, 0.25, 1, 1.5, -0.5].map(between)).toEqual([300, 250, 100, 0, 400]);
});

it('U106 goes there in whole numbers', () => {
  expect([0, 0.24, 0.26, 1].map(interpolateRound(0, 10))).toEqual([0, 2, 3, 10]);
});
