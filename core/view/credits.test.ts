import { describe, expect, it } from 'vitest';
import { type Zone, zoneNamed } from '../time/zone.ts';
import type { MessageUsage } from '../wire/usage.ts';
import { creditsCsv } from './credits-csv.ts';
import {
  creditsByDay,
  messagesLike,
  messagesOfDay,
  totalOf,
  usageChange,
  usedMessages,
} from './credits.ts';

function zone(name: string): Zone {
  const found = zoneNamed(name);
  if (!found) throw new Error(`no zone is called ${name}`);
  return found;
}

let ids = 0;

function used(timestamp: string, credits: number, name?: string): MessageUsage {
  const entry = { message_id: ++ids, timestamp, credits_used: credits };
  return name === undefined ? entry : { ...entry, report_name: name };
}

const byDay = (usage: readonly MessageUsage[], name: string) =>
  creditsByDay(usedMessages(usage), zone(name)).map(
    (day) => `${day.date} ${day.hundredths}/${day.messages}`,
  );

describe('credits by day', () => {
  it('B20 go from the first day to the last, in the zone, those without a message too', () => {
    // Not in order, and late enough in London to be the next day in Berlin.
    const usage = [
      used('2026-11-04T23:30:00Z', 2),
      used('2026-11-02T10:00:00Z', 1.2),
      used('2026-11-02T22:59:59.999Z', 1.1),
      used('2026-11-02T23:00:00Z', 1),
    ];
    expect(byDay(usage, 'UTC')).toEqual(['2026-11-02 330/3', '2026-11-03 0/0', '2026-11-04 200/1']);
    expect(byDay(usage, 'Europe/Berlin')).toEqual([
      '2026-11-02 230/2',
      '2026-11-03 100/1',
      '2026-11-04 0/0',
      '2026-11-05 200/1',
    ]);
    expect(byDay(usage, 'Pacific/Kiritimati').at(0)).toBe('2026-11-03 330/3');
  });

  it('B20 have each message once where clocks are set', () => {
    const usage = Array.from({ length: 72 }, (_, hour) =>
      used(new Date(Date.UTC(2026, 9, 24) + hour * 3_600_000).toISOString(), 1),
    );
    // Two hours ahead, then one: the 25th has 25 hours.
    expect(byDay(usage, 'Europe/Berlin')).toEqual([
      '2026-10-24 2200/22',
      '2026-10-25 2500/25',
      '2026-10-26 2400/24',
      '2026-10-27 100/1',
    ]);
  });

  it('B20 are none without messages, and 400 at most', () => {
    expect(byDay([], 'UTC')).toEqual([]);
    const days = byDay([used('1970-01-01T00:00:00Z', 9), used('2026-11-04T12:00:00Z', 1)], 'UTC');
    expect(days).toHaveLength(400);
    expect(days.at(-1)).toBe('2026-11-04 100/1');
  });

  it('B20 lead to the messages of a day', () => {
    const usage = [used('2026-11-02T22:59:59Z', 1), used('2026-11-02T23:00:00Z', 2)];
    const messages = usedMessages(usage);
    const days = creditsByDay(messages, zone('Europe/Berlin'));
    const hundredths = (date: string) =>
      messagesOfDay(messages, days, date).map((message) => message.hundredths);
    expect(hundredths('2026-11-02')).toEqual([100]);
    expect(hundredths('2026-11-03')).toEqual([200]);
    expect(hundredths('2026-11-05')).toEqual([]);
  });
});

describe('a search', () => {
  const usage = [used('2026-11-02T10:00:00Z', 1), used('2026-11-02T10:00:00Z', 2, 'Spend Review')];
  const all = usedMessages([...usage, used('2026-11-04T10:00:00Z', 4, 'Forecast')]);

  it.each([
    ['', [100, 200, 400]],
    ['  ', [100, 200, 400]],
    ['review', [200]],
    [' d REV', [200]],
    ['e', [200, 400]],
    ['nothing', []],
  ])('B25 for %j finds reports by a part of their name', (search, hundredths) => {
    expect(messagesLike(all, search).map((message) => message.hundredths)).toEqual(hundredths);
  });

  it('B25 leaves the days of the chart as they are', () => {
    const days = creditsByDay(all, zone('UTC'), messagesLike(all, 'review'));
    expect(days.map((day) => day.hundredths)).toEqual([200, 0, 0]);
  });
});

describe('totals', () => {
  it('B2 are exact, and tell the part of the reports', () => {
    const usage = Array.from({ length: 1_000 }, (_, i) =>
      i % 4 === 0
        ? used('2026-11-02T10:00:00Z', 22.25, 'Review')
        : used('2026-11-02T10:00:00Z', 1.1),
    );
    expect(totalOf(usedMessages(usage))).toEqual({
      messages: 1_000,
      hundredths: 250 * 2_225 + 750 * 110,
      withReport: { messages: 250, hundredths: 250 * 2_225 },
    });
  });
});

describe('what changed', () => {
  const [a, b, c] = [1, 2, 3].map((id) => ({ ...used('2026-11-02T10:00:00Z', 1), message_id: id }));
  if (!a || !b || !c) throw new Error('there are three');

  it.each([
    ['nothing', [a, b], [a, b], [0, 0, 0]],
    ['the order', [a, b], [b, a], [0, 0, 0]],
    ['one more', [a], [a, b], [1, 0, 0]],
    ['one less', [a, b, c], [a, c], [0, 0, 1]],
    ['another cost', [a, b], [a, { ...b, credits_used: 2 }], [0, 1, 0]],
    ['a report', [a], [{ ...a, report_name: 'Review' }], [0, 1, 0]],
    ['one more with an id that is known', [a], [a, a], [1, 0, 0]],
    ['one of two with the same id', [a, a], [a], [0, 0, 1]],
    ['all of it', [a], [b, c], [2, 0, 1]],
  ])('B21 is counted: %s', (_what, before, after, [added, changed, gone]) => {
    expect(usageChange(before, after)).toEqual({ added, changed, gone });
  });
});

describe('a table of messages as a file', () => {
  it('B22 has the columns and the order of the screen, instants in UTC, two decimals, and no formulas', () => {
    const usage = [
      { message_id: 2, timestamp: '2026-11-02T10:00:00+01:00', credits_used: 1.2 },
      { ...used('2026-11-02T10:00:00Z', 79, '=SUM(A1)'), message_id: 1 },
      { ...used('2026-11-02T10:00:00Z', 0.5, 'Review, "monthly"'), message_id: 3 },
    ];
    expect(creditsCsv(usedMessages(usage))).toBe(
      'message_id,timestamp_utc,report_name,credits_used\r\n' +
        '2,2026-11-02T09:00:00.000Z,,1.20\r\n' +
        "1,2026-11-02T10:00:00.000Z,'=SUM(A1),79.00\r\n" +
        '3,2026-11-02T10:00:00.000Z,"Review, ""monthly""",0.50\r\n',
    );
  });
});
