import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CreditsView, creditsViewOf, searchOfCredits } from './credits-view.ts';

const NOTHING: CreditsView = { sort: [], search: '', day: null };
const OWN = 'Europe/Berlin';

const anyView: fc.Arbitrary<CreditsView> = fc.record({
  sort: fc.uniqueArray(
    fc.record({ id: fc.constantFrom('report' as const, 'credits' as const), desc: fc.boolean() }),
    { selector: (key) => key.id },
  ),
  search: fc.string({ maxLength: 200, unit: 'grapheme' }).filter((text) => text.length <= 200),
  day: fc.option(fc.constantFrom('2026-11-21', '2024-02-29'), { nil: null }),
});

describe('the address of the credits', () => {
  it.each([
    ['', NOTHING],
    ['?sort=report', { ...NOTHING, sort: [{ id: 'report', desc: false }] }],
    ['?sort=-credits', { ...NOTHING, sort: [{ id: 'credits', desc: true }] }],
    [
      '?sort=-credits,report&report=review&day=2026-11-21&zone=UTC',
      {
        sort: [
          { id: 'credits', desc: true },
          { id: 'report', desc: false },
        ],
        search: 'review',
        day: '2026-11-21',
      },
    ],
    ['?sort=', NOTHING],
    ['?sort=timestamp,--report,', NOTHING],
    ['?sort=report,-report', { ...NOTHING, sort: [{ id: 'report', desc: false }] }],
    ['?day=yesterday', NOTHING],
    ['?day=2026-13-45', NOTHING],
    ['?tenant=north&window=1h', NOTHING],
  ])('B24 %s is read without harm', (search, view) => {
    expect(creditsViewOf(search)).toEqual(view);
  });

  it('B24 shows the same to whoever opens it', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(creditsViewOf(searchOfCredits(view, null, OWN))).toEqual(view);
      }),
    );
  });

  it('B24 is short, and names the zone of a day', () => {
    const sort = [
      { id: 'report', desc: false },
      { id: 'credits', desc: true },
    ] as const;
    expect(searchOfCredits(NOTHING, null, OWN)).toBe('');
    expect(searchOfCredits({ ...NOTHING, sort }, null, OWN)).toBe('?sort=report,-credits');
    expect(searchOfCredits({ ...NOTHING, sort }, 'UTC', OWN)).toBe(
      '?sort=report,-credits&zone=UTC',
    );
    expect(searchOfCredits({ ...NOTHING, day: '2026-11-21' }, null, OWN)).toBe(
      '?day=2026-11-21&zone=Europe%2FBerlin',
    );
  });
});
