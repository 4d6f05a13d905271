import { describe, expect, it } from 'vitest';
import { parseUpstreamMessages, parseUpstreamReport } from '#core/wire/upstream.ts';
import { UsageDesk } from '../usage/usage-desk.ts';
import { currentMessages, ownUpstream, reportWithId } from './own-upstream.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 21, 14, 30);
/** A year of moments, each at another time of day. */
const MOMENTS = Array.from({ length: 52 }, (_, i) => NOW_MS + i * 7.13 * DAY_MS);

describe("the server's own upstream", () => {
  it('B12 has about 110 messages of the last 30 days, at any time of the year', () => {
    for (const nowMs of MOMENTS) {
      const { messages } = currentMessages(nowMs);
      expect(messages.length).toBeGreaterThan(85);
      expect(messages.length).toBeLessThan(135);
      const times = messages.map(({ timestamp }) => Date.parse(timestamp));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(Math.min(...times)).toBeGreaterThan(nowMs - 30 * DAY_MS);
      expect(Math.max(...times)).toBeLessThanOrEqual(nowMs);
      expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
    }
  });

  it('B12 says the same again, and later only more', () => {
    const before = currentMessages(NOW_MS).messages;
    expect(currentMessages(NOW_MS).messages).toEqual(before);
    const later = currentMessages(NOW_MS + 2 * DAY_MS + 3_600_000).messages;
    const kept = before.filter(({ id }) => id >= (later[0]?.id ?? 0));
    expect(kept.length).toBeGreaterThan(80);
    expect(later.slice(0, kept.length)).toEqual(kept);
    expect(later.length).toBeGreaterThan(kept.length);
  });

  it('B12 has eight kinds of reports, some that are lost, and all ways to have none', () => {
    const messages = MOMENTS.flatMap((nowMs) => currentMessages(nowMs).messages);
    const ids = new Set(messages.map((message) => message.report_id));
    const names = [...ids].map((id) => reportWithId(String(id))?.name);
    expect(new Set(names.filter((name) => name !== undefined)).size).toBe(8);
    // Null, nothing at all, and three that answer 404.
    expect(names.filter((name) => name === undefined)).toHaveLength(5);
    expect(messages.some((message) => message.report_id === null)).toBe(true);
    expect(messages.some((message) => !('report_id' in message))).toBe(true);
    expect(messages.some(({ text }) => text === '')).toBe(true);
  });

  it('B12 says what an upstream should', async () => {
    expect(parseUpstreamMessages(currentMessages(NOW_MS)).ok).toBe(true);
    expect(parseUpstreamReport(reportWithId('5101')).ok).toBe(true);
    expect(reportWithId('5190')).toBeNull();
    const { usage } = await new UsageDesk(ownUpstream(() => NOW_MS)).read();
    expect(usage).toHaveLength(currentMessages(NOW_MS).messages.length);
    const costs = usage.map((entry) => entry.credits_used);
    expect(Math.min(...costs)).toBe(1);
    expect(Math.max(...costs)).toBeGreaterThan(50);
  });

  it('B12 is empty on no day for long, and is on some', () => {
    const { messages } = currentMessages(NOW_MS);
    const days = new Set(messages.map(({ timestamp }) => timestamp.slice(0, 10)));
    expect(days.size).toBeGreaterThan(20);
    expect(days.size).toBeLessThan(30);
  });
});
