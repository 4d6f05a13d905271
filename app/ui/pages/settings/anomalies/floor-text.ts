import type { Parsed } from '#core/wire/parsed.ts';
import { MAX_FLOOR_USD_PER_HOUR } from '#core/wire/anomaly-settings.ts';
import { formatUsd } from '../../../format.ts';

const MICRO_USD_PER_USD = 1_000_000;
/** Digits, in groups of three or not, and at most cents. */
const AMOUNT = /^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d{0,2})?$/;

/** A floor as it is typed, in micro-dollars; or what is wrong with it, in words for people. */
export function parseFloor(text: string): Parsed<number> {
  const typed = text.trim().replace(/^\$\s*/, '');
  if (typed === '') return refused('Give an amount; 0 leaves nothing out.');
  if (typed.startsWith('-')) return refused('Give 0 or more.');
  if (!AMOUNT.test(typed)) return refused(`“${typed}” is no amount: give dollars, such as 25.`);
  const usd = Number(typed.replaceAll(',', ''));
  if (usd > MAX_FLOOR_USD_PER_HOUR)
    return refused(`Give at most ${formatUsd(MAX_FLOOR_USD_PER_HOUR)} an hour.`);
  return { ok: true, value: Math.round(usd * MICRO_USD_PER_USD) };
}

/** As one would type it. */
export function floorText(microUsd: number): string {
  return String(microUsd / MICRO_USD_PER_USD);
}

function refused(reason: string): Parsed<number> {
  return { ok: false, reason };
}
