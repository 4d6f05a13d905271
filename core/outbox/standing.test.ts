import { describe, expect, it } from 'vitest';
import { standingOf } from './standing.ts';
import { aRow, anAck } from './testing/rows.ts';

const NOW_MS = Date.UTC(2026, 10, 3, 12);
const SNOOZED = { state: 'snoozed', untilMs: NOW_MS + 1, note: 'lunch' } as const;

describe('how an incident stands', () => {
  it('S53 is open while nobody has decided', () => {
    expect(standingOf(undefined, [], NOW_MS)).toEqual({
      state: 'open',
      untilMs: null,
      note: '',
      who: '',
      atMs: null,
      isPending: false,
    });
  });

  it('S53 is what the server has, as long as nothing was decided here since', () => {
    const ack = anAck(aRow(1, { state: 'dismissed', note: 'known', who: 'Bo' }));
    expect(standingOf(ack, [], NOW_MS)).toEqual({
      state: 'dismissed',
      untilMs: null,
      note: 'known',
      who: 'Bo',
      atMs: ack.atMs,
      isPending: false,
    });
  });

  it('S53 is what the user decided last, over what the server has, before it is sent', () => {
    const ack = anAck(aRow(1, { state: 'dismissed' }));
    const pending = [aRow(2, { state: 'acknowledged' }), aRow(3, { state: 'open', note: 'no' })];
    expect(standingOf(ack, pending, NOW_MS)).toEqual({
      state: 'open',
      untilMs: null,
      note: 'no',
      who: 'Ann',
      atMs: pending[1]?.madeAtMs,
      isPending: true,
    });
  });

  it('S53 is open again the moment a snooze is over, confirmed or not, and says who put it off', () => {
    const row = aRow(1, SNOOZED);
    const snoozed = { state: 'snoozed', untilMs: NOW_MS + 1 };
    const over = { state: 'open', untilMs: null, note: 'lunch', who: 'Ann' };
    expect(standingOf(anAck(row), [], NOW_MS)).toMatchObject(snoozed);
    expect(standingOf(anAck(row), [], NOW_MS + 1)).toMatchObject({ ...over, isPending: false });
    expect(standingOf(undefined, [row], NOW_MS)).toMatchObject(snoozed);
    expect(standingOf(undefined, [row], NOW_MS + 1)).toMatchObject({ ...over, isPending: true });
  });

  it('S53 is the same for many at once as for each alone', () => {
    const ids = ['a', 'b', 'c'];
    const bulk = ids.map((id, i) => aRow(i, { state: 'dismissed' }, id));
    const standings = ids.map((id) =>
      standingOf(
        undefined,
        bulk.filter((one) => one.incidentId === id),
        NOW_MS,
      ),
    );
    expect(standings.map(({ state, isPending }) => [state, isPending])).toEqual(
      ids.map(() => ['dismissed', true]),
    );
  });
});
