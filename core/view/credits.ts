import { hundredthsOf } from '../billing/credits.ts';
import type { Interval } from '../time/intervals.ts';
import { DAY_MS, daysOf, type Zone } from '../time/zone.ts';
import type { MessageUsage } from '../wire/usage.ts';

/** A message of the billing period, as the page shows it. */
export interface UsedMessage {
  /** Its place in the server's list, from 0: ids may come twice. */
  readonly place: number;
  readonly id: number;
  readonly atMs: number;
  /** Undefined: it has no report. */
  readonly reportName: string | undefined;
  readonly hundredths: number;
}

export function usedMessages(usage: readonly MessageUsage[]): UsedMessage[] {
  return usage.map((entry, place) => ({
    place,
    id: entry.message_id,
    atMs: Date.parse(entry.timestamp),
    reportName: entry.report_name,
    hundredths: hundredthsOf(entry.credits_used),
  }));
}

/** What some messages used together. */
export interface CreditsTotal {
  readonly messages: number;
  readonly hundredths: number;
  /** The part of it that was used by messages with a report. */
  readonly withReport: { readonly messages: number; readonly hundredths: number };
}

export function totalOf(messages: readonly UsedMessage[]): CreditsTotal {
  const sum = (some: readonly UsedMessage[]) => ({
    messages: some.length,
    hundredths: some.reduce((total, message) => total + message.hundredths, 0),
  });
  const reported = messages.filter((message) => message.reportName !== undefined);
  return { ...sum(messages), withReport: sum(reported) };
}

/** What a local day used; the interval is the day's own, whatever the zone made of it. */
export interface CreditsDay extends Interval {
  /** "2026-11-21" */
  readonly date: string;
  readonly messages: number;
  readonly hundredths: number;
}

/** A period is a month; what is much longer has a wrong date in it somewhere. */
const MOST_DAYS = 400;

/**
 * The days of a zone from the first message to the last, those without a message too; the last 400 at most.
 * @param counted those of the messages that are added up; the days are those of all
 */
export function creditsByDay(
  messages: readonly UsedMessage[],
  zone: Zone,
  counted = messages,
): CreditsDay[] {
  let firstMs = Infinity;
  let lastMs = -Infinity;
  for (const { atMs } of messages) {
    firstMs = Math.min(firstMs, atMs);
    lastMs = Math.max(lastMs, atMs);
  }
  if (messages.length === 0) return [];
  const fromMs = Math.max(firstMs, lastMs - (MOST_DAYS - 1) * DAY_MS);
  const days = daysOf(zone, { fromMs, toMs: lastMs + 1 }).map((day) => ({
    date: new Date(day.dateWallMs).toISOString().slice(0, 10),
    fromMs: day.fromMs,
    toMs: day.toMs,
    messages: 0,
    hundredths: 0,
  }));
  for (const { atMs, hundredths } of counted) {
    const day = days[placeOf(days, atMs)];
    if (!day) continue;
    day.messages++;
    day.hundredths += hundredths;
  }
  return days;
}

/** Of the day with an instant in it, by halving; -1: it lies before them all. */
function placeOf(days: readonly Interval[], atMs: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle]?.fromMs ?? Infinity) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Those with a report that has `search` in its name, in any case; without a search all. */
export function messagesLike(
  messages: readonly UsedMessage[],
  search: string,
): readonly UsedMessage[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return messages;
  return messages.filter((message) => message.reportName?.toLowerCase().includes(wanted));
}

/** The messages of a date; none where nothing is known of it. */
export function messagesOfDay(
  messages: readonly UsedMessage[],
  days: readonly CreditsDay[],
  date: string,
): UsedMessage[] {
  const day = days.find((one) => one.date === date);
  if (!day) return [];
  return messages.filter(({ atMs }) => atMs >= day.fromMs && atMs < day.toMs);
}

/** How many messages are new, are told otherwise, or have gone. */
export interface UsageChange {
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
}

export function usageChange(
  before: readonly MessageUsage[],
  after: readonly MessageUsage[],
): UsageChange {
  const known = byKey(before);
  const now = byKey(after);
  let added = 0;
  let changed = 0;
  for (const [key, entry] of now) {
    const old = known.get(key);
    if (!old) added++;
    else if (!isSame(old, entry)) changed++;
  }
  return { added, changed, gone: known.size + added - now.size };
}

/** By id, and those with the same id by their order. */
function byKey(usage: readonly MessageUsage[]): Map<string, MessageUsage> {
  const entries = new Map<string, MessageUsage>();
  const seen = new Map<number, number>();
  for (const entry of usage) {
    const times = seen.get(entry.message_id) ?? 0;
    seen.set(entry.message_id, times + 1);
    entries.set(`${entry.message_id} ${times}`, entry);
  }
  return entries;
}

function isSame(a: MessageUsage, b: MessageUsage): boolean {
  return (
    a.timestamp === b.timestamp &&
    a.report_name === b.report_name &&
    a.credits_used === b.credits_used
  );
}
