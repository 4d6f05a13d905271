import { describe, expect, it } from 'vitest';
import { anAnomaly } from '#app/testing/known-incidents.ts';
import { standingOf } from '#core/outbox/standing.ts';
import { anAck } from '#app/testing/known-incidents.ts';
import { timeFormatOf } from '../time-format.ts';
import {
  ageWords,
  moneyWords,
  sentenceOf,
  signedUsd,
  standingWords,
  whoOf,
} from './incident-words.ts';
import { unusualWords } from './unusual-words.ts';

const MINUTE_MS = 60_000;
const USD = 1_000_000;

describe('what is said of an incident', () => {
  it('U114 tells how long it goes on, or how long it lasted', () => {
    const { startMs } = anAnomaly();
    const words = [0.5, 3, 59, 61, 60 * 26].map((minutes) =>
      ageWords(anAnomaly(), startMs + minutes * MINUTE_MS + 400),
    );
    expect(words).toEqual([
      'ongoing for 30 s',
      'ongoing for 3 min',
      'ongoing for 59 min',
      'ongoing for 1 h 1 min',
      'ongoing for 26 h',
    ]);
    const over = anAnomaly({ endMs: startMs + 5 * MINUTE_MS });
    expect(ageWords(over, startMs + 65 * MINUTE_MS)).toBe('lasted 5 min, 1\u00a0h\u00a0ago');
    // A clock that is behind makes it no younger than new.
    expect(ageWords(anAnomaly(), startMs - MINUTE_MS)).toBe('ongoing for 0 s');
  });

  it('U114 tells the money by its sign, and what it does where there is none', () => {
    const money = (usdPerHour: number, usd: number, parts = {}) =>
      moneyWords(
        anAnomaly({ extraMicroUsdPerHour: usdPerHour * USD, extraMicroUsd: usd * USD, ...parts }),
      );
    expect(signedUsd(-0.004 * USD)).toBe('$0.00');
    expect(money(1_240, 310)).toBe('+$1,240/h, +$310 so far');
    expect(money(-1_240, -31.5)).toBe('-$1,240/h, -$31.50 so far');
    expect(money(1_240, 310, { endMs: 9e12 })).toBe('+$310 in all');
    const { reason } = anAnomaly();
    expect(money(7, 7, { kind: 'latency', reason: { ...reason, what: 'latency' } })).toBe(
      '3.3× the usual latency',
    );
    expect(money(0, 0, { kind: 'volume', reason: { ...reason, what: 'calls', ratio: 12 } })).toBe(
      '12× the usual calls',
    );
    expect(money(0, 0, { reason: { ...reason, what: 'silence' } })).toBe('no calls');
  });

  it('U114 names whom it is about', () => {
    const total = { dimension: 'total', id: '' } as const;
    const { explanation } = anAnomaly();
    const first = { key: { dimension: 'model', id: 'gpt-4' } as const, percent: 50 };
    expect(whoOf(anAnomaly())).toBe('acme-robotics');
    if (!explanation) throw new Error('not explained');
    expect(whoOf(anAnomaly({ root: total, explanation: { ...explanation, first } }))).toBe('gpt-4');
    const few = { ...explanation, first: { ...first, percent: 49 } };
    expect(whoOf(anAnomaly({ root: total, explanation: few }))).toBe('Everybody');
    expect(sentenceOf(anAnomaly({ root: total, explanation: null }))).toBe(
      'Spend spike of Everybody; not explained yet',
    );
  });

  it('U115 tells how unusual it is, and since when', () => {
    const reason = (parts: object) => anAnomaly({ reason: { ...anAnomaly().reason, ...parts } });
    expect(unusualWords(reason({}))).toBe(
      'At its worst 3.3× the usual spend: the largest rise in the 7 d watched.',
    );
    expect(unusualWords(reason({ direction: 'down', ratio: 0.2, sinceBins: 8_640 }))).toBe(
      'At its worst 0.2× the usual spend: the deepest fall in 6 d, of 7 d watched.',
    );
    expect(unusualWords(reason({ view: null, what: 'silence' }))).toBe(
      'No calls at all where there are always some.',
    );
    expect(unusualWords(reason({ view: null }))).toBe('At its worst 3.3× the usual spend.');
  });

  it('U115 tells who decided what and when', () => {
    const time = timeFormatOf('UTC');
    const atMs = Date.UTC(2026, 10, 21, 14, 5);
    const words = (ack: Parameters<typeof anAck>[0]) =>
      standingWords(standingOf(anAck(ack), [], atMs), time, atMs);
    expect(words({ state: 'acknowledged', who: 'Ben', atMs })).toBe('Acknowledged by Ben, 14:05');
    expect(words({ state: 'dismissed', who: '', atMs: atMs - 86_400_000 })).toBe(
      'Dismissed, 20 Nov 14:05',
    );
    const untilMs = Date.UTC(2026, 10, 22, 9);
    expect(words({ state: 'snoozed', untilMs, who: 'Ann', atMs })).toBe(
      'Snoozed until 22 Nov 09:00 by Ann, 14:05',
    );
    expect(words({ state: 'open', who: 'Ann', atMs })).toBe('Open again by Ann, 14:05');
    expect(standingWords(standingOf(undefined, [], atMs), time, atMs)).toBe('');
  });
});
