import { describe, expect, it } from 'vitest';
import { creditsOf, hundredthsOf, textHundredths } from './credits.ts';

const MEGABYTE = 1_048_576;

/** Worked out by hand: code points, tokens (a quarter, rounded up), credits (tokens x 0.40, at least 1.00). */
const BY_HAND: readonly [what: string, text: string, credits: string][] = [
  ['nothing', '', '1.00'], // 0 tokens, 0.00
  ['1 character', 'a', '1.00'], // 1 token, 0.40
  ['4 characters', 'four', '1.00'], // 1 token, 0.40
  ['5 characters', 'fives', '1.00'], // 2 tokens, 0.80
  ['8 characters', 'eighteen', '1.00'], // 2 tokens, 0.80
  ['9 characters', 'ninetieth', '1.20'], // 3 tokens, 1.20
  ['10 characters', 'ten letter', '1.20'], // 3 tokens, 1.20
  ['11 characters', 'eleven long', '1.20'], // 3 tokens, 1.20
  ['12 characters', 'twelve in it', '1.20'], // 3 tokens, 1.20
  ['13 characters', 'thirteen here', '1.60'], // 4 tokens, 1.60
  ['27 characters', 'x'.repeat(27), '2.80'], // 7 tokens, 2.80
  ['400 characters', 'x'.repeat(400), '40.00'], // 100 tokens
  ['401 characters', 'x'.repeat(401), '40.40'], // 101 tokens
  ['9 letters with accents', 'éàüößçñåø', '1.20'], // 3 tokens, one unit each
  ['8 characters of two units', '😀😀😀😀😀😀😀😀', '1.00'], // 2 tokens; 16 units would be 1.60
  ['9 characters of two units', '😀😀😀😀😀😀😀😀😀', '1.20'], // 3 tokens; 18 units would be 2.00
  ['a family of 7 code points and 2 letters', '👨‍👩‍👧‍👦ab', '1.20'], // 3 tokens, though people see 3 signs
  ['9 halves of pairs', '\ud83d'.repeat(9), '1.20'], // 3 tokens
  ['a letter and its mark, 5 times', 'e\u0301'.repeat(5), '1.20'], // 10 code points, 3 tokens
  ['a megabyte', 'x'.repeat(MEGABYTE), '104857.60'], // 262,144 tokens
  ['a megabyte and a character', `${'x'.repeat(MEGABYTE)}y`, '104858.00'], // 262,145 tokens
  ['half a megabyte of pairs', '😀'.repeat(MEGABYTE / 4), '26214.40'], // 262,144 code points, 65,536 tokens
];

describe('credits of a text', () => {
  it.each(BY_HAND)('B1 of %s', (_what, text, credits) => {
    expect(creditsOf(textHundredths(text)).toFixed(2)).toBe(credits);
  });

  it('B2 are whole hundredths, so that a period adds up exactly', () => {
    const texts = Array.from({ length: 5_000 }, (_, i) => 'x'.repeat(i % 97));
    const sum = texts.reduce((total, text) => total + textHundredths(text), 0);
    expect(Number.isInteger(sum)).toBe(true);
    // Added up as numbers with decimals they are not 1.20 times as many.
    const hundred = Array.from({ length: 100 }, () => textHundredths('ten letter'));
    expect(hundred.reduce((total, one) => total + one, 0)).toBe(12_000);
    expect(hundred.reduce((total, one) => total + creditsOf(one), 0)).not.toBe(120);
  });
});

describe('an amount of credits', () => {
  it.each([
    [0, 0],
    [79, 7_900],
    [12.5, 1_250],
    [0.01, 1],
    [0.07, 7],
    [1.1, 110],
    [1.15, 115],
    [4.35, 435],
    [1.005, 101],
    [1.004, 100],
    [8.575, 858],
    [0.005, 1],
    [0.0049, 0],
    [1e-7, 0],
    [104_857.6, 10_485_760],
    [1e21, 1e23],
  ])('B2 %f is %i hundredths, half up as it is written', (credits, hundredths) => {
    expect(hundredthsOf(credits)).toBe(hundredths);
  });
});
