import { describe, expect, it } from 'vitest';
import type { KnownIncident } from '#app/database/incidents.ts';
import { aPending, anAck, known } from '#app/testing/known-incidents.ts';
import { anAckRequest } from '#core/wire/testing/anomalies.ts';
import { ShownIncidents } from './shown-incidents.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 10, 21, 9);
const NOW_MS = START_MS + 60 * MINUTE_MS;
const minute = (count: number) => START_MS + count * MINUTE_MS;

const idsOf = (incidents: readonly KnownIncident[], pastMs: number | null = null) =>
  new ShownIncidents().at(incidents, pastMs, NOW_MS).map(({ anomaly }) => anomaly.id);

/** Told twice: at first as minor. */
const told = (parts: Partial<KnownIncident> = {}) =>
  known(
    {
      id: 'told',
      startMs: START_MS,
      foundMs: minute(1),
      updatedMs: minute(10),
      endMs: minute(9),
      severity: 'critical',
      history: [
        {
          atMs: minute(1),
          severity: 'minor',
          score: 1,
          extraMicroUsd: 5,
          extraMicroUsdPerHour: 300,
          sentence: 'as it began',
        },
      ],
    },
    parts,
  );

describe('the incidents that are shown', () => {
  it('U111 are open ones by severity and money, then those that somebody has dealt with', () => {
    const end = { endMs: minute(5) };
    const incidents = [
      known({ id: 'dismissed' }, { ack: anAck({ state: 'dismissed' }) }),
      known({ id: 'acknowledged' }, { ack: anAck({ state: 'acknowledged' }) }),
      known({ id: 'snoozed' }, { ack: anAck({ state: 'snoozed', untilMs: NOW_MS + 1 }) }),
      known({ id: 'minor', severity: 'minor', extraMicroUsd: 9e12 }),
      known({ id: 'small', severity: 'major', extraMicroUsd: 1e6, ...end }),
      known({ id: 'saved', severity: 'major', extraMicroUsd: -3e6, ...end }),
      known({ id: 'goes-on', severity: 'major', extraMicroUsd: 1, extraMicroUsdPerHour: 9e6 }),
      known({ id: 'critical', severity: 'critical', extraMicroUsd: 0, ...end }),
    ];
    expect(idsOf(incidents)).toEqual([
      'critical',
      'goes-on',
      'saved',
      'small',
      'minor',
      'snoozed',
      'acknowledged',
      'dismissed',
    ]);
  });

  it('U111 are open again when a snooze is over', () => {
    const incidents = [
      known({ id: 'other', severity: 'minor' }),
      known({ id: 'slept' }, { ack: anAck({ state: 'snoozed', untilMs: NOW_MS }) }),
    ];
    expect(idsOf(incidents)).toEqual(['slept', 'other']);
    const shown = new ShownIncidents();
    const walk = [NOW_MS - 60_000, NOW_MS - 1, NOW_MS, NOW_MS - 1].map((nowMs) =>
      shown.at(incidents, null, nowMs).map(({ anomaly }) => anomaly.id),
    );
    expect(walk).toEqual([
      ['other', 'slept'],
      ['other', 'slept'],
      ['slept', 'other'],
      ['other', 'slept'],
    ]);
  });

  it('U112 are in the past those found by then, with what was known then', () => {
    const shown = new ShownIncidents();
    const seen = [0.5, 1, 9.5, 10].map((at) => {
      const [first] = shown.at([told()], minute(at), NOW_MS);
      if (!first) return null;
      const { severity, explanation, endMs } = first.anomaly;
      return [severity, explanation?.sentence === 'as it began', endMs !== null];
    });
    expect(seen).toEqual([
      null,
      ['minor', true, false],
      ['minor', true, true],
      ['critical', false, true],
    ]);
  });

  it('U112 stand in the past as they stood then, and tell how they stand now', () => {
    const decided = told({
      ack: anAck({ state: 'acknowledged', atMs: minute(20) }),
      pending: [aPending(anAckRequest({ clientId: 'later-click' }), minute(30))],
    });
    const shown = new ShownIncidents();
    const seen = [19, 20, 30].map((at) => {
      const [one] = shown.at([decided], minute(at), NOW_MS);
      return [one?.standing.state, one?.standing.isPending, one?.present.isPending];
    });
    expect(seen).toEqual([
      ['open', false, true],
      ['acknowledged', false, true],
      ['acknowledged', true, true],
    ]);
  });

  it('U113 are the same objects until something changes about them', () => {
    const incidents = [told(), known({ id: 'other', startMs: START_MS, foundMs: minute(2) })];
    const shown = new ShownIncidents();
    const live = shown.at(incidents, null, NOW_MS);
    expect(shown.at([...incidents], null, NOW_MS + 1_000)).toBe(live);
    const past = shown.at(incidents, minute(20), NOW_MS);
    expect(shown.at(incidents, minute(20) + 100, NOW_MS + 100)).toBe(past);
    expect(shown.at(incidents, minute(40), NOW_MS)).toBe(past);
    const earlier = shown.at(incidents, minute(1), NOW_MS);
    expect(earlier.map(({ anomaly }) => anomaly.id)).toEqual(['told']);
    expect(earlier).not.toBe(past);
  });

  it('U113 are those of the instant, wherever one was before', () => {
    const incidents = [
      told({ ack: anAck({ state: 'dismissed', atMs: minute(12) }) }),
      known({ id: 'other', startMs: START_MS, foundMs: minute(2), updatedMs: minute(8) }),
    ];
    const kept = new ShownIncidents();
    const walk = [1, 3, 5, 8, 9, 10, 12, 20, 11, 4, 2, 0].flatMap((at) => [at, at + 0.4]);
    for (const at of walk) {
      const fresh = new ShownIncidents().at(incidents, minute(at), NOW_MS);
      const told = ({
        updatedMs,
        ...rest
      }: KnownIncident['anomaly'] | (typeof fresh)[0]['anomaly']) => rest;
      const plain = (shown: typeof fresh) =>
        shown.map((one) => ({ ...one, anomaly: told(one.anomaly) }));
      expect(plain(kept.at(incidents, minute(at), NOW_MS))).toEqual(plain(fresh));
    }
  });
});
