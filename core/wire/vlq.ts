/**
 * Base64 VLQ, as in source maps but without a sign: a number is written in digits of 5 bits, lowest
 * first, each a character of the base64 alphabet, whose sixth bit says that more digits follow.
 * In JSON this is half the size of decimal numbers once it is compressed, and faster to read.
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE = 32;
const MORE = 32;
const NO_DIGIT = 255;
/** Characters that are joined at once: more arguments than this no engine need take. */
const BATCH = 8_192;

const CODES = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0));
const DIGITS = new Uint8Array(128).fill(NO_DIGIT);
for (const [digit, code] of CODES.entries()) DIGITS[code] = digit;

/** @param numbers whole, from 0 to 2^53 - 1 */
export function encodeVlq(numbers: Float64Array): string {
  let text = '';
  let batch: number[] = [];
  for (const number of numbers) {
    let rest = number;
    while (rest >= BASE) {
      const next = Math.floor(rest / BASE);
      batch.push(CODES[MORE + (rest - next * BASE)] ?? 0);
      rest = next;
    }
    batch.push(CODES[rest] ?? 0);
    if (batch.length < BATCH) continue;
    text += String.fromCharCode(...batch);
    batch = [];
  }
  return text + String.fromCharCode(...batch);
}

/** The numbers; null: this is not base64 VLQ, ends within a number, or has one above 2^53 - 1. */
export function decodeVlq(text: string): Float64Array | null {
  const numbers = new Float64Array(text.length);
  let length = 0;
  let value = 0;
  let scale = 1;
  for (let i = 0; i < text.length; i++) {
    const digit = DIGITS[text.charCodeAt(i)] ?? NO_DIGIT;
    if (digit === NO_DIGIT) return null;
    value += (digit % MORE) * scale;
    if (value > Number.MAX_SAFE_INTEGER || scale > Number.MAX_SAFE_INTEGER) return null;
    if (digit >= MORE) {
      scale *= BASE;
      continue;
    }
    numbers[length++] = value;
    value = 0;
    scale = 1;
  }
  return scale === 1 ? numbers.slice(0, length) : null;
}
