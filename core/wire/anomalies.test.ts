import { describe, expect, it } from 'vitest';
import { parseAckReply, parseAckRequest, parseAnomaliesReply } from './anomalies.ts';
import { MAX_NOTE_LENGTH, MAX_WHO_LENGTH } from './decision-limits.ts';
import { anAckRequest, anIncident } from './testing/anomalies.ts';

const ACK = { ...anAckRequest(), incidentId: anIncident().id, atMs: 5, revision: 2 };

function aReply(fields: object = {}) {
  return {
    epoch: 'fleet-1',
    ledger: 'ledger-1',
    revision: 2,
    hasMore: false,
    anomalies: [{ ...anIncident(), revision: 1 }],
    acks: [ACK],
    ...fields,
  };
}

/** A reply whose only incident has these fields instead. */
function replyWith(fields: object) {
  return parseAnomaliesReply(aReply({ anomalies: [{ ...anIncident(), revision: 1, ...fields }] }));
}

describe('a reply of incidents', () => {
  it('K1 is read as it is written, and unknown fields are passed over', () => {
    const sent: unknown = JSON.parse(JSON.stringify({ ...aReply(), colour: 'red' }));
    expect(parseAnomaliesReply(sent)).toEqual({ ok: true, value: aReply() });
  });

  it('K1 is good for the feed as a whole, for what has ended, and for what is not explained yet', () => {
    const root = { dimension: 'total', id: '' };
    expect(replyWith({ root, endMs: 9e12, explanation: null, mergedInto: 'abc' }).ok).toBe(true);
  });

  it.each([
    ['an id that cannot stand in a path', { id: '../ack' }, 'anomalies.0.id'],
    ['an unknown kind', { kind: 'fire' }, 'anomalies.0.kind'],
    ['a customer without a name', { root: { dimension: 'customer', id: '' } }, 'anomalies.0.root'],
    ['a total with a name', { root: { dimension: 'total', id: 'acme' } }, 'anomalies.0.root'],
    ['half a micro-dollar', { extraMicroUsd: 0.5 }, 'anomalies.0.extraMicroUsd'],
    ['no end at all', { endMs: undefined }, 'anomalies.0.endMs'],
    ['no revision', { revision: undefined }, 'anomalies.0.revision'],
    ['a score that is no number', { score: null }, 'anomalies.0.score'],
  ])('K1 is refused with %s', (_what, fields, where) => {
    const parsed = replyWith(fields);
    expect(!parsed.ok && parsed.reason).toMatch(new RegExp(`^${where}: `));
  });

  it.each(['epoch', 'ledger', 'revision', 'hasMore', 'anomalies', 'acks'])(
    'K1 is refused without %s',
    (field) => {
      const parsed = parseAnomaliesReply(aReply({ [field]: undefined }));
      expect(!parsed.ok && parsed.reason).toMatch(new RegExp(`^${field}: `));
    },
  );
});

describe('a decision', () => {
  it.each(['acknowledged', 'dismissed', 'open'])('K2 may be %s', (state) => {
    const request = { ...anAckRequest(), state };
    expect(parseAckRequest({ ...request, untilMs: 5 })).toEqual({ ok: true, value: request });
  });

  it('K2 to snooze says until when', () => {
    const request = { ...anAckRequest(), state: 'snoozed' };
    expect(parseAckRequest(request).ok).toBe(false);
    const until = { ...request, untilMs: 5 };
    expect(parseAckRequest(until)).toEqual({ ok: true, value: until });
  });

  it('K2 may have a note of several lines, in any script', () => {
    const request = anAckRequest({ note: 'Asked Zoë:\n\ta load test 👩‍🔬', who: '王小明' });
    expect(parseAckRequest(request)).toEqual({ ok: true, value: request });
    const longest = anAckRequest({
      note: 'n'.repeat(MAX_NOTE_LENGTH),
      who: 'w'.repeat(MAX_WHO_LENGTH),
    });
    expect(parseAckRequest(longest).ok).toBe(true);
  });

  it.each([
    ['nothing', null, 'body'],
    ['another state', { ...anAckRequest(), state: 'solved' }, 'state'],
    ['no client id', { ...anAckRequest(), clientId: undefined }, 'clientId'],
    ['a short client id', anAckRequest({ clientId: 'click' }), 'clientId'],
    ['a client id with spaces', anAckRequest({ clientId: 'click no 1' }), 'clientId'],
    ['a long note', anAckRequest({ note: 'n'.repeat(MAX_NOTE_LENGTH + 1) }), 'note'],
    ['a note with a NUL', anAckRequest({ note: 'a\0b' }), 'note'],
    ['a note with half of a character', anAckRequest({ note: 'a\uD83D' }), 'note'],
    ['a long name', anAckRequest({ who: 'w'.repeat(MAX_WHO_LENGTH + 1) }), 'who'],
    ['a name of two lines', anAckRequest({ who: 'Ann\nBob' }), 'who'],
    ['no note', { ...anAckRequest(), note: undefined }, 'note'],
    ['a time in quotes', { ...anAckRequest(), state: 'snoozed', untilMs: '5' }, 'untilMs'],
  ])('K2 is refused with %s', (_what, body, where) => {
    const parsed = parseAckRequest(body);
    expect(!parsed.ok && parsed.reason).toMatch(new RegExp(`^${where}: `));
  });
});

describe('an answer to a decision', () => {
  it('K3 says what was taken and what counts', () => {
    const current = { ...ACK, clientId: 'click-0002', state: 'snoozed', untilMs: 9, revision: 3 };
    expect(parseAckReply({ ack: ACK, current })).toEqual({
      ok: true,
      value: { ack: ACK, current },
    });
    expect(parseAckReply({ ack: ACK }).ok).toBe(false);
    expect(parseAckReply({ ack: { ...ACK, revision: undefined }, current }).ok).toBe(false);
  });
});
