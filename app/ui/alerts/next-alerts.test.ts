import { describe, expect, it } from 'vitest';
import type { IncidentReport } from '#core/wire/incidents.ts';
import { acknowledged, aKnownIncident } from '#app/testing/new-incidents.ts';
import { type AlertInputs, nextAlerts, unattendedCount } from './next-alerts.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 14);
const HOUR_MS = 3_600_000;
/** Found so long ago. */
const found = (agoMs: number, fields: Partial<IncidentReport> = {}) => ({
  foundMs: NOW_MS - agoMs,
  ...fields,
});
const inputs = (parts: Partial<AlertInputs>): AlertInputs => ({
  incidents: [],
  told: {},
  nowMs: NOW_MS,
  sinceMs: NOW_MS - HOUR_MS,
  isWatched: false,
  least: 'major',
  ...parts,
});
const shown = (parts: Partial<AlertInputs>) =>
  nextAlerts(inputs(parts)).show.map((one) => one.map(({ id }) => id));

describe('what is told of incidents', () => {
  it('U150 shows what is new, open and grave enough while nobody looks', () => {
    const incidents = [
      aKnownIncident('a', found(1_000)),
      aKnownIncident('minor', found(1_000, { severity: 'minor' })),
      aKnownIncident('over', found(60_000, { endMs: NOW_MS - 1 })),
      acknowledged(aKnownIncident('acked', found(60_000))),
      aKnownIncident('critical', found(1_000, { severity: 'critical' })),
    ];
    expect(shown({ incidents })).toEqual([['critical'], ['a']]);
    expect(shown({ incidents, least: 'minor' })).toEqual([['critical'], ['a'], ['minor']]);
    expect(shown({ incidents, least: 'critical' })).toEqual([['critical']]);
    expect(shown({ incidents, least: null })).toEqual([]);
    expect(shown({ incidents, isWatched: true })).toEqual([]);
  });

  it('U150 tells nothing of what was there before the page was opened', () => {
    const old = Array.from({ length: 7 }, (_, i) =>
      aKnownIncident(`old-${i}`, found(HOUR_MS + 1 + i)),
    );
    expect(shown({ incidents: old })).toEqual([]);
  });

  it('U151 tells of nothing twice, in whatever it was seen first', () => {
    const incidents = [aKnownIncident('a', found(1_000))];
    const first = nextAlerts(inputs({ incidents }));
    expect(shown({ incidents, told: first.told })).toEqual([]);
    const seen = nextAlerts(inputs({ incidents, isWatched: true }));
    expect(shown({ incidents, told: seen.told })).toEqual([]);
    expect(seen.told['a']?.isShown).toBe(false);
  });

  it('U151 tells of what has become grave enough since it was found', () => {
    const minor = [aKnownIncident('a', found(60_000, { severity: 'minor' }))];
    const { told } = nextAlerts(inputs({ incidents: minor }));
    expect(shown({ incidents: [aKnownIncident('a', found(60_000))], told })).toEqual([['a']]);
  });

  it('U152 makes one of more than three at once, the gravest first', () => {
    const incidents = ['a', 'b', 'c', 'd'].map((id) =>
      aKnownIncident(id, found(1_000, { severity: id === 'c' ? 'critical' : 'major' })),
    );
    expect(shown({ incidents })).toEqual([['c', 'a', 'b', 'd']]);
    expect(shown({ incidents: incidents.slice(0, 3) })).toEqual([['c'], ['a'], ['b']]);
  });

  it('U153 takes back what somebody has decided about, anywhere, or what is no incident any more', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => aKnownIncident(id, found(1_000)));
    if (!a || !b || !c) throw new Error('there are three');
    const { told } = nextAlerts(inputs({ incidents: [a, b, c] }));
    const later = nextAlerts(inputs({ incidents: [a, acknowledged(b)], told }));
    expect(later.close.toSorted()).toEqual(['b', 'c']);
    const again = nextAlerts(inputs({ incidents: [a, acknowledged(b)], told: later.told }));
    expect(again.close).toEqual([]);
    expect(shown({ incidents: [a, b, c], told: again.told })).toEqual([]);
  });

  it('U153 leaves what has ended by itself, which nobody has seen yet', () => {
    const { told } = nextAlerts(inputs({ incidents: [aKnownIncident('a', found(1_000))] }));
    const over = [aKnownIncident('a', found(1_000, { endMs: NOW_MS }))];
    expect(nextAlerts(inputs({ incidents: over, told })).close).toEqual([]);
  });

  it('U154 sounds once for what is new and critical, whoever looks and whatever is shown', () => {
    const incidents = [aKnownIncident('a', found(1_000, { severity: 'critical' }))];
    for (const parts of [{ isWatched: true }, { least: null }, {}]) {
      const first = nextAlerts(inputs({ incidents, ...parts }));
      expect(first.hasNewCritical).toBe(true);
      expect(nextAlerts(inputs({ incidents, told: first.told })).hasNewCritical).toBe(false);
    }
    const major = [aKnownIncident('b', found(1_000))];
    expect(nextAlerts(inputs({ incidents: major })).hasNewCritical).toBe(false);
  });

  it('U151 forgets what is a week old, so that what is remembered stays small', () => {
    const told = { old: { foundMs: NOW_MS - 8 * 24 * HOUR_MS, isShown: false } };
    expect(nextAlerts(inputs({ told })).told).toEqual({});
  });

  it('U155 counts what goes on or is of the last day, and nobody has dealt with', () => {
    const day = 24 * HOUR_MS;
    const incidents = [
      aKnownIncident('going-on', found(3 * day)),
      aKnownIncident('over', found(2 * HOUR_MS, { endMs: NOW_MS - 1 })),
      aKnownIncident('long over', found(2 * day, { endMs: NOW_MS - day })),
      acknowledged(aKnownIncident('acked', found(1_000))),
    ];
    expect(unattendedCount(incidents, NOW_MS)).toBe(2);
  });
});
