import type { Interval } from './intervals.ts';
import { floorTo } from './resolution.ts';

/**
 * Where a local time is meant: an IANA zone. Local time is told as "wall ms": the epoch ms at which a
 * clock in Greenwich would show the same date and time.
 */
export interface Zone {
  /** As `Intl` takes it: "Europe/Berlin". */
  readonly name: string;
  /** How far its clocks are ahead of UTC at an instant, ms; whole seconds. */
  offsetMsAt(atMs: number): number;
}

/** A local day: 23, 24 or 25 h long, or what its zone made of it. */
export interface LocalDay extends Interval {
  /** Midnight of its date as wall ms, whether or not its clocks showed it. */
  readonly dateWallMs: number;
}

/** For whoever names a zone that is not there. */
export const UTC: Zone = { name: 'UTC', offsetMsAt: () => 0 };

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
const LONGEST_NAME = 60;
/** Names only: the offsets that newer engines take too mean nothing to older ones. */
const NAME = /^[A-Za-z][A-Za-z0-9_+/-]*$/;

/** Made once each; there are as many as there are zones. */
const zones = new Map<string, Zone>();

/** @param name in any case; null: this engine knows no such zone */
export function zoneNamed(name: string): Zone | null {
  const known = zones.get(name);
  if (known) return known;
  if (name.length > LONGEST_NAME || !NAME.test(name)) return null;
  const zone = makeZone(name);
  if (zone) zones.set(zone.name, zone);
  return zone;
}

function makeZone(timeZone: string): Zone | null {
  let digits: Intl.DateTimeFormat;
  try {
    const numeric = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
    const time = { hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
    const options = { ...numeric, ...time, hourCycle: 'h23', timeZone } as const;
    digits = new Intl.DateTimeFormat('en-US', options);
  } catch {
    return null;
  }
  // An alias stays what it was called: "Asia/Kolkata" is known to engines as "Asia/Calcutta".
  const spelled = digits.resolvedOptions().timeZone;
  const name = spelled.toLowerCase() === timeZone.toLowerCase() ? spelled : timeZone;
  const offsetMsAt = (atMs: number) => {
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (
      digits.format(atMs).match(/\d+/g) ?? []
    ).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second) - floorTo(atMs, SECOND_MS);
  };
  return { name, offsetMsAt };
}

/** What the clocks of a zone show, wall ms. */
export function wallAt(zone: Zone, atMs: number): number {
  return atMs + zone.offsetMsAt(atMs);
}

/**
 * When the clocks of a zone show a local time. One that comes twice, as clocks are set back, means the
 * first; one that clocks pass over, as they are set forward, is told by the clock that was not set:
 * 02:30 of such a night is 03:30. (The rule "compatible" of ECMAScript's Temporal.)
 */
export function instantOf(zone: Zone, wallMs: number): number {
  const { before, after } = offsetsAround(zone, wallMs);
  const isShown = (atMs: number) => wallAt(zone, atMs) === wallMs;
  const [first = wallMs - before] = [wallMs - before, wallMs - after]
    .filter(isShown)
    .sort((a, b) => a - b);
  return first;
}

/** The offsets a day before and after: clocks are not set twice in between. */
function offsetsAround(zone: Zone, wallMs: number): { before: number; after: number } {
  return { before: zone.offsetMsAt(wallMs - DAY_MS), after: zone.offsetMsAt(wallMs + DAY_MS) };
}

/** The first instant of a date, which is not midnight where clocks are set forward then. */
export function startOfDay(zone: Zone, dateWallMs: number): number {
  const atMs = instantOf(zone, dateWallMs);
  if (wallAt(zone, atMs) === dateWallMs) return atMs;
  const { before, after } = offsetsAround(zone, dateWallMs);
  return changeBetween(zone, dateWallMs - after, dateWallMs - before);
}

/** The instant between two at which the clocks were set: the first with the later one's offset. */
function changeBetween(zone: Zone, earlierMs: number, laterMs: number): number {
  const offsetMs = zone.offsetMsAt(laterMs);
  let low = earlierMs;
  let high = laterMs;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offsetMsAt(middle) === offsetMs) high = middle;
    else low = middle;
  }
  return high;
}

/** The local days of a span, which they fill without a gap; the first and the last may begin before it and end after it. */
export function daysOf(zone: Zone, span: Interval): readonly LocalDay[] {
  const days: LocalDay[] = [];
  // From a day early: where clocks are set back over midnight, a date is there before it begins for good.
  const firstMs = floorTo(wallAt(zone, span.fromMs), DAY_MS) - DAY_MS;
  let fromMs = startOfDay(zone, firstMs);
  for (let dateWallMs = firstMs; fromMs < span.toMs; dateWallMs += DAY_MS) {
    const toMs = startOfDay(zone, dateWallMs + DAY_MS);
    // A date that a zone has skipped, to be on the other side of the date line, is no day.
    if (toMs > Math.max(fromMs, span.fromMs)) days.push({ dateWallMs, fromMs, toMs });
    fromMs = toMs;
  }
  return days;
}

/** The parts of a span in which clocks are not set, with their offset, ascending. */
export function stretchesOf(
  zone: Zone,
  { fromMs, toMs }: Interval,
): readonly (Interval & { readonly offsetMs: number })[] {
  const stretches: (Interval & { readonly offsetMs: number })[] = [];
  let startMs = fromMs;
  for (let atMs = fromMs; atMs < toMs; atMs += DAY_MS) {
    const nextMs = Math.min(atMs + DAY_MS, toMs);
    const offsetMs = zone.offsetMsAt(atMs);
    if (zone.offsetMsAt(nextMs) === offsetMs) continue;
    const changeMs = changeBetween(zone, atMs, nextMs);
    stretches.push({ fromMs: startMs, toMs: changeMs, offsetMs });
    startMs = changeMs;
  }
  return [...stretches, { fromMs: startMs, toMs, offsetMs: zone.offsetMsAt(startMs) }];
}

/** ISO 8601 with the offset: "2026-11-21T10:00:00+01:00". */
export function isoIn(zone: Zone, atMs: number): string {
  const offsetMs = zone.offsetMsAt(atMs);
  return `${new Date(atMs + offsetMs).toISOString().slice(0, 19)}${offsetName(offsetMs)}`;
}

/** "+01:00"; with seconds where a zone of long ago had them. */
export function offsetName(offsetMs: number): string {
  const text = new Date(Math.abs(offsetMs)).toISOString();
  const hasSeconds = offsetMs % MINUTE_MS !== 0;
  return `${offsetMs < 0 ? '-' : '+'}${text.slice(11, hasSeconds ? 19 : 16)}`;
}
