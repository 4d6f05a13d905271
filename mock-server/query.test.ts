import { describe, expect, it } from 'vitest';
import { historyQuerySchema, metricsQuerySchema, readQuery, statsQuerySchema } from './query.ts';

const DAY_MS = Date.UTC(2024, 4, 6);
const INSTANT = 'give epoch ms (at most 15 digits) or an ISO-8601 date and time with its zone';
const LIMIT = 'give a number of rows from 1 to 50000';

function read(text: string) {
  return readQuery(metricsQuerySchema, new URLSearchParams(text));
}

describe('query parameters', () => {
  it.each([
    ['', { limit: 10_000 }],
    ['since=0', { limit: 10_000, since: 0 }],
    ['since=999999999999999', { limit: 10_000, since: 999_999_999_999_999 }],
    [`since=${DAY_MS}&limit=1&revision=3`, { limit: 1, since: DAY_MS, revision: 3 }],
    ['since=2024-05-06T00:00:00Z', { limit: 10_000, since: DAY_MS }],
    ['since=2024-05-06T00:00:00.125Z', { limit: 10_000, since: DAY_MS + 125 }],
    ['since=2024-05-06T02:00:00%2B02:00', { limit: 10_000, since: DAY_MS }],
    ['since=1970-01-01T00:00:00Z&limit=50000', { limit: 50_000, since: 0 }],
    ['rawMs=0', { limit: 10_000, rawMs: 0 }],
    ['rawMs=900000', { limit: 10_000, rawMs: 900_000 }],
    ['colour=blue', { limit: 10_000 }],
  ])('A1 reads %j', (text, query) => {
    expect(read(text)).toEqual({ ok: true, query });
  });

  it.each([
    ['since=', 'since', INSTANT],
    ['since=-1', 'since', INSTANT],
    ['since=1.5', 'since', INSTANT],
    ['since=1e3', 'since', INSTANT],
    ['since=%20 1', 'since', INSTANT],
    ['since=1000000000000000', 'since', INSTANT],
    ['since=now', 'since', INSTANT],
    ['since=2024-05-06', 'since', INSTANT],
    ['since=2024-05-06T00:00:00', 'since', INSTANT],
    ['since=2024-02-30T00:00:00Z', 'since', INSTANT],
    ['since=1969-12-31T23:59:59Z', 'since', INSTANT],
    ['since=1&since=2', 'since', 'give it once'],
    ['since=1&since=1', 'since', 'give it once'],
    ['limit=', 'limit', LIMIT],
    ['limit=0', 'limit', LIMIT],
    ['limit=-5', 'limit', LIMIT],
    ['limit=50001', 'limit', LIMIT],
    ['limit=999999999', 'limit', LIMIT],
    ['limit=1.5', 'limit', LIMIT],
    ['limit=ten', 'limit', LIMIT],
    ['rawMs=', 'rawMs', 'give ms from 0 to 900000'],
    ['rawMs=900001', 'rawMs', 'give ms from 0 to 900000'],
    ['rawMs=-1', 'rawMs', 'give ms from 0 to 900000'],
    ['revision=', 'revision', 'give the revision that a reply named'],
    ['revision=-1', 'revision', 'give the revision that a reply named'],
  ])('A2 refuses %j and names the parameter', (text, parameter, advice) => {
    expect(read(text)).toEqual({
      ok: false,
      problem: {
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        detail: `${parameter}: ${advice}`,
        parameter,
      },
    });
  });

  it.each([
    ['', 'from'],
    ['from=1', 'to'],
    ['from=1&to=x', 'to'],
    ['from=1&to=2&resolution=2m', 'resolution'],
    ['from=1&to=2&resolution=', 'resolution'],
  ])('A2 refuses %j of a history', (text, parameter) => {
    const asked = readQuery(historyQuerySchema, new URLSearchParams(text));
    expect(asked).toMatchObject({ ok: false, problem: { status: 400, parameter } });
  });

  it('A2 refuses a window that nobody sums up', () => {
    const ask = (text: string) => readQuery(statsQuerySchema, new URLSearchParams(text));
    expect(ask('window=2h')).toMatchObject({ ok: false, problem: { parameter: 'window' } });
    expect(ask('window=24h')).toEqual({ ok: true, query: { window: '24h' } });
    expect(ask('')).toEqual({ ok: true, query: { window: '1h' } });
  });
});
