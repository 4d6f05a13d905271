import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '#core/view/filter.ts';
import { SPEEDS } from '#core/view/playback.ts';
import { REAL_TIME, SPANS_MS } from '#core/view/window.ts';
import { addressOf, searchOf } from './url.ts';

const filterOf = (search: string) => addressOf(search).filter;
const rangeOf = (search: string) => addressOf(search).range;

const SEED = { seed: 20_261_126, numRuns: 200 };

const values = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }), {
  maxLength: 5,
});
const anyFilter = fc.record({ tenants: values, customers: values, models: values });

describe('the address of a slice', () => {
  it('U70 shows the same slice to whoever opens it', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        expect(filterOf(searchOf(filter))).toEqual(filter);
      }),
      SEED,
    );
  });

  it('N1 N30 U110 shows the same to whoever opens it, whatever is shown', () => {
    const anyNamed = fc.record({
      spanMs: fc.constantFrom(...SPANS_MS),
      endMs: fc.option(fc.integer({ min: 1, max: 8.64e15 })),
    });
    const anyStretch = fc.record({
      spanMs: fc.integer({ min: 5_000, max: 400 * 86_400_000 }),
      endMs: fc.integer({ min: 400 * 86_400_000 + 1, max: 8.64e15 }),
    });
    const anyRange = fc.oneof(anyNamed, anyStretch);
    const anySpeed = fc.option(fc.constantFrom(...SPEEDS));
    const zones = ['UTC', 'Asia/Kathmandu', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'];
    const anyIncident = fc.option(fc.stringMatching(/^[\w-]{1,64}$/));
    const anyZone = fc.option(fc.constantFrom(...zones));
    fc.assert(
      fc.property(anyFilter, anyRange, anyZone, anySpeed, anyIncident, (...parts) => {
        const [filter, range, zone, chosen, incident] = parts;
        const speed = range.endMs === null ? null : chosen;
        const search = searchOf(filter, range, zone, speed, incident);
        const read = addressOf(search);
        expect(read).toEqual({ filter, range, zone, speed, incident, problems: [] });
        expect(searchOf(read.filter, read.range, read.zone, read.speed, read.incident)).toBe(
          search,
        );
      }),
      SEED,
    );
    expect(searchOf(NO_FILTER, REAL_TIME)).toBe('');
    const anHour = { spanMs: 3_600_000, endMs: Date.UTC(2026, 10, 21, 9) };
    expect(searchOf(NO_FILTER, anHour)).toBe('?window=1h&to=2026-11-21T09%3A00%3A00.000Z');
  });

  it.each([
    'window=2h',
    'window=',
    'to=yesterday',
    'to=',
    'to=-1',
    'to=1969-12-31',
    'to=9e99',
    'window=1&to=0',
  ])('N1 falls back to real time where an address says %s', (search) => {
    expect(rangeOf(`?${search}`)).toEqual(REAL_TIME);
  });

  it.each([
    ['reversed', 'from=2026-11-21T10:00:00Z&to=2026-11-21T09:00:00Z'],
    ['empty', 'from=2026-11-21T09:00:00Z&to=2026-11-21T09:00:00Z'],
    ['longer than can be asked for', 'from=2020-11-21T09:00:00Z&to=2026-11-21T09:00:00Z'],
  ])('N1 shows the usual window up to the end of a stretch that is %s', (_, search) => {
    const { endMs } = rangeOf(`?${search}`);
    expect(rangeOf(`?${search}`)).toEqual({ ...REAL_TIME, endMs });
    expect(endMs).toBe(Date.parse('2026-11-21T09:00:00Z'));
  });

  it.each([
    ['window=2h', 'window=2h is no length of time on offer (5m, 15m, 1h, 24h, 7d, 30d)'],
    ['window=', 'window= is no length of time on offer (5m, 15m, 1h, 24h, 7d, 30d)'],
    ['to=yesterday', 'to=yesterday is no instant such as 2026-11-21T09:00:00Z'],
    ['from=2026-11-20T09:00:00Z', 'from=2026-11-20T09:00:00Z needs an end: to=…'],
    ['from=2026-11-20T09:00:00Z&to=9', 'to=9 is no instant such as 2026-11-21T09:00:00Z'],
    [
      'from=2026-11-20T09:00:00Z&to=2026-11-20T09:00:00Z',
      'from=2026-11-20T09:00:00Z is not before the end (to=…)',
    ],
    [
      'from=2026-11-20T09:00:00Z&to=2026-11-20T09:00:04Z',
      'from=2026-11-20T09:00:00Z is less than 5 s before the end (to=…)',
    ],
    [
      'from=2020-11-20T09:00:00Z&to=2026-11-20T09:00:00Z',
      'from=2020-11-20T09:00:00Z is more than 400 days before the end (to=…)',
    ],
    ['window=1h&to=2099-01-01T00:00:00Z', 'to=2099-01-01T00:00:00Z lies in the future'],
    [
      'from=2099-01-01T00:00:00Z&to=2099-01-02T00:00:00Z',
      'from=2099-01-01T00:00:00Z lies in the future',
    ],
    ['zone=Mars/Olympus', 'zone=Mars/Olympus is no zone that this browser knows'],
    ['zone=', 'zone= is no zone that this browser knows'],
    ['tenant=', 'tenant= is not a name'],
    ['play=2', 'play=2 is no speed on offer (1, 10, 60, 300, 600)'],
    ['incident=', 'incident= is no id of an incident'],
    ['incident=a b', 'incident=a b is no id of an incident'],
    ['incident=00c0ffee00c0ffee', ''],
    ['play=60', ''],
    ['window=1h&utm_source=mail&theme=', ''],
    ['from=2026-11-20T09:00:00Z&to=2026-11-21T09:00:00Z&zone=UTC', ''],
  ])('N31 that says %s is explained: %s', (search, words) => {
    const { problems } = addressOf(`?${search}`, Date.UTC(2026, 10, 22));
    expect(problems.map(({ said, why }) => `${said} ${why}`).join()).toBe(words);
  });

  it('N31 shows what there is when it asks for the future', () => {
    const nowMs = Date.UTC(2026, 10, 22);
    const future = '?window=1h&to=2099-01-01T00:00:00Z';
    expect(addressOf(future, nowMs).range).toEqual({ spanMs: 3_600_000, endMs: null });
    const stretch = '?from=2099-01-01T00:00:00Z&to=2099-01-02T00:00:00Z';
    expect(addressOf(stretch, nowMs).range).toEqual(REAL_TIME);
  });

  it('N31 is quoted in a few words, however long it is', () => {
    const { problems } = addressOf(`?zone=${'x'.repeat(10_000)}`);
    expect(problems[0]?.said.length).toBeLessThan(70);
  });

  it('U70 is bare when everything is shown', () => {
    expect(searchOf(NO_FILTER)).toBe('');
    expect(searchOf({ ...NO_FILTER, tenants: ['north'], models: ['a', 'b'] })).toBe(
      '?tenant=north&model=a&model=b',
    );
  });

  it('U71 is read without harm, whatever somebody wrote into it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (search) => {
        const { filter, range, zone, incident, problems } = addressOf(`?${search}`);
        expect(Object.keys(filter)).toEqual(['tenants', 'customers', 'models']);
        const again = addressOf(searchOf(filter, range, zone, null, incident));
        expect(again).toMatchObject({ filter, range, zone, incident });
        expect(problems.length).toBeLessThan(9);
      }),
      SEED,
    );
    const long = `?tenant=${'x'.repeat(10_000)}&tenant=&tenant=a&tenant=a`;
    expect(filterOf(long).tenants).toEqual(['a']);
    const many = Array.from({ length: 500 }, (_, i) => `model=m${i}`).join('&');
    expect(filterOf(`?${many}`).models).toHaveLength(50);
  });
});
