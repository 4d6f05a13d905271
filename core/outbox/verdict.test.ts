import { describe, expect, it } from 'vitest';
import { isSuperseded } from './superseded.ts';
import { aReply, aRow, anAck } from './testing/rows.ts';
import { verdictOf } from './verdict.ts';

const row = aRow(1);
const refusal = (status: number, detail: string | null = 'why', retryAfterMs = 0) =>
  verdictOf(row, { kind: 'refusal', status, detail, retryAfterMs });

describe('what an answer means', () => {
  it('S54 is done when the server has the decision, also if another counts by now', () => {
    const reply = aReply(row);
    expect(verdictOf(row, { kind: 'reply', reply })).toEqual({ kind: 'done', reply });
    const other = aReply(row, anAck({ ...aRow(9), incidentId: row.incidentId }, 7));
    expect(verdictOf(row, { kind: 'reply', reply: other })).toEqual({ kind: 'done', reply: other });
  });

  it.each([
    ['another decision', aReply(aRow(2))],
    ['another incident', aReply({ ...row, incidentId: 'j' })],
    ['what counts for another incident', aReply(row, anAck({ ...row, incidentId: 'j' }, 2))],
    ['an older decision as what counts', { ack: anAck(row, 5), current: anAck(aRow(9), 4) }],
  ])('S54 is not done by a reply about %s', (_, reply) => {
    expect(verdictOf(row, { kind: 'reply', reply })).toEqual({ kind: 'retry', retryAfterMs: 0 });
  });

  it.each([400, 404, 409, 413, 415])('S54 is refused for good with %i', (status) => {
    expect(refusal(status)).toEqual({ kind: 'refused', reason: 'why' });
  });

  it('S54 says the status of a refusal that gives no reason', () => {
    expect(refusal(415, null)).toEqual({
      kind: 'refused',
      reason: 'The server refused it (415).',
    });
  });

  it.each([401, 403, 405, 408, 421, 429, 500, 502, 503, 504, 507])(
    'S54 is worth another try with %i, when the server says',
    (status) => {
      expect(refusal(status, 'why', 7_000)).toEqual({ kind: 'retry', retryAfterMs: 7_000 });
    },
  );

  it('S54 is worth another try with a server that has no such route', () => {
    expect(refusal(404, null)).toEqual({ kind: 'retry', retryAfterMs: 0 });
  });

  it('S54 is worth another try when nothing came, or nothing of the server', () => {
    const answer = { kind: 'failure', retryAfterMs: 3_000 } as const;
    expect(verdictOf(row, answer)).toEqual({ kind: 'retry', retryAfterMs: 3_000 });
  });
});

describe('somebody else’s later decision', () => {
  const mine = aRow(1, { state: 'acknowledged' }).request;
  const theirs = anAck(aRow(2, { clientId: 'device-b-1', state: 'dismissed' }), 5);

  it('S55 supersedes the user’s when it says otherwise', () => {
    expect(isSuperseded(mine, theirs, 'device-a')).toBe(true);
    expect(isSuperseded(mine, theirs, null)).toBe(true);
  });

  it('S55 does not supersede it when it says the same, but for another end of a snooze', () => {
    expect(isSuperseded(mine, { ...theirs, state: 'acknowledged' }, 'device-a')).toBe(false);
    const snoozed = { ...mine, state: 'snoozed', untilMs: 5 } as const;
    expect(isSuperseded(snoozed, { ...theirs, state: 'snoozed', untilMs: 5 }, 'device-a')).toBe(
      false,
    );
    expect(isSuperseded(snoozed, { ...theirs, state: 'snoozed', untilMs: 6 }, 'device-a')).toBe(
      true,
    );
  });

  it('S55 is none when it is the user’s own, or was made on the same device', () => {
    const own = { ...theirs, clientId: mine.clientId };
    expect(isSuperseded(mine, own, null)).toBe(false);
    expect(isSuperseded(mine, { ...theirs, clientId: 'device-a-9' }, 'device-a')).toBe(false);
    // A device whose name begins with another's is another.
    expect(isSuperseded(mine, { ...theirs, clientId: 'device-ab-9' }, 'device-a')).toBe(true);
  });
});
