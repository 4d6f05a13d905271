/** Credits are counted in whole hundredths: sums of them are exact. */
const HUNDREDTHS = 100;

const CODE_POINTS_PER_TOKEN = 4;
/** 40 credits for 100 tokens. */
const HUNDREDTHS_PER_TOKEN = 40;
const LEAST_HUNDREDTHS = 1 * HUNDREDTHS;

/** Above it a character takes two units of a string. */
const LAST_OF_ONE_UNIT = 0xffff;

/**
 * What a message costs that has no report, in hundredths of a credit: a token for every four Unicode code points
 * or a part of them, 40 credits for 100 tokens, 1.00 at least. Two decimals are enough for any number of tokens,
 * so that nothing is left to round.
 */
export function textHundredths(text: string): number {
  const tokens = Math.ceil(countCodePoints(text) / CODE_POINTS_PER_TOKEN);
  return Math.max(LEAST_HUNDREDTHS, tokens * HUNDREDTHS_PER_TOKEN);
}

/** As many as `[...text]` has, without the copy; half a pair counts as one. */
function countCodePoints(text: string): number {
  let count = 0;
  for (let unit = 0; unit < text.length; count++) {
    unit += (text.codePointAt(unit) ?? 0) > LAST_OF_ONE_UNIT ? 2 : 1;
  }
  return count;
}

/** The number that has these two decimals. */
export function creditsOf(hundredths: number): number {
  return hundredths / HUNDREDTHS;
}

/**
 * An amount of credits, not negative, in hundredths, rounded half up as it is written: 1.005 is 101, though the
 * number that is nearest to it is a little less.
 */
export function hundredthsOf(credits: number): number {
  const [digits, exponent = '0'] = String(credits).split('e');
  return Math.round(Number(`${digits}e${Number(exponent) + 2}`));
}
