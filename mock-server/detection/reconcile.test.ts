import { describe, expect, it } from 'vitest';
import type { IncidentReport } from '#core/wire/incidents.ts';
import { anIncident } from '#core/wire/testing/anomalies.ts';
import { reconciled } from './reconcile.ts';

const MINUTE_MS = 60_000;
const START_MS = anIncident().startMs;
const at = (minutes: number) => START_MS + minutes * MINUTE_MS;
const NOW_MS = at(60);

const word = (atMs: number): IncidentReport['history'][number] => ({
  atMs,
  severity: 'minor',
  score: 1,
  extraMicroUsd: 1,
  extraMicroUsdPerHour: 1,
  sentence: 'a word',
});

describe('a detection that takes over', () => {
  it('X34 keeps the time and the words of who found an incident first', () => {
    const told = anIncident({ foundMs: START_MS + 5_000, history: [word(START_MS + 5_000)] });
    const found = anIncident({ foundMs: at(1), history: [word(at(1))], severity: 'critical' });
    const [one, ...others] = reconciled([told], [found], NOW_MS);
    expect(others).toEqual([]);
    expect(one).toEqual({ ...found, foundMs: told.foundMs, history: told.history });
    // Had it been found earlier, nothing would have to be kept.
    expect(reconciled([found], [told], NOW_MS)).toEqual([told]);
  });

  it('X34 says nothing that is older than what was said: the ledger would not take it', () => {
    const told = anIncident({ updatedMs: at(30) });
    const found = anIncident({ updatedMs: at(20), endMs: at(20) });
    const [one] = reconciled([told], [found], NOW_MS);
    expect(one).toMatchObject({ updatedMs: at(30), endMs: at(20) });
  });

  it('X34 merges what it does not confirm into what it found at that root at that time', () => {
    const told = anIncident({ id: 'early', startMs: at(2), endMs: at(20) });
    const same = anIncident({ id: 'same', startMs: START_MS, endMs: at(25) });
    const later = anIncident({ id: 'later', startMs: at(20), endMs: null });
    const elsewhere = anIncident({ id: 'other', root: { dimension: 'total', id: '' } });
    const all = reconciled([told], [later, elsewhere, same], NOW_MS);
    expect(all.map((one) => one.id)).toEqual(['later', 'other', 'same', 'early']);
    expect(all.at(-1)).toMatchObject({ mergedInto: 'same', endMs: at(20) });
  });

  it('X34 ends what it does not find at all', () => {
    const told = anIncident({ id: 'early' });
    expect(reconciled([told], [], NOW_MS)).toEqual([{ ...told, endMs: NOW_MS, mergedInto: null }]);
  });
});
