import { describe, expect, it } from 'vitest';
import { customerLayout } from './customer-layout.ts';

describe('the layout of the customers', () => {
  it('U84 is of cards where a phone would have to drop columns, and of lines elsewhere', () => {
    const isCardsAt = (width: number) => customerLayout(width, 16).isCards;
    expect([320, 479, 480, 800].map(isCardsAt)).toEqual([true, true, false, false]);
  });

  it('U84 goes by the size of the letters, as the rows do', () => {
    expect(customerLayout(800, 28)).toEqual({ isCards: true, rowPx: 189 });
    expect(customerLayout(841, 28)).toEqual({ isCards: false, rowPx: 77 });
  });
});
