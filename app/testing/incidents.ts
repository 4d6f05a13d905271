import { expect } from 'vitest';
import type { AckRequest, Anomaly } from '#core/wire/anomalies.ts';
import type { IncidentReport } from '#core/wire/incidents.ts';
import { anIncident } from '#core/wire/testing/anomalies.ts';
import { BurnrateDatabase } from '#app/database/database.ts';
import { decide, type Decision } from '#app/database/decisions.ts';
import type { Browser } from './browser.ts';
import { ScriptedLedger } from './scripted-ledger.ts';

/** An incident of the browser's world, with an id of its own. */
export function incidentOf(browser: Browser, id: string, over: Partial<IncidentReport> = {}) {
  const startMs = Math.floor(browser.server.nowMs / 60_000) * 60_000 - 600_000;
  return anIncident({ id, startMs, ...over });
}

/** The server has a ledger with these incidents. */
export function giveLedger(browser: Browser, ids: readonly string[], name = 'ledger-1') {
  const ledger = new ScriptedLedger(name);
  const { epoch } = browser.server.store;
  ledger.save(epoch, ...ids.map((id) => incidentOf(browser, id)));
  browser.server.ledger = ledger;
  return ledger;
}

/** What is on a disk of incidents and decisions, all of it. */
export async function keptIncidents(disk: string) {
  const database = new BurnrateDatabase(disk);
  try {
    const [anomalies, acks, outbox, notices, meta] = await Promise.all([
      database.anomalies.toArray(),
      database.acks.toArray(),
      database.outbox.orderBy('order').toArray(),
      database.notices.toArray(),
      database.meta.get('ledger'),
    ]);
    return { anomalies, acks, outbox, notices, cursor: meta?.key === 'ledger' ? meta.value : null };
  } finally {
    database.close();
  }
}

/** The user of a browser decides about incidents, as its page writes it down. */
export async function click(
  browser: Pick<Browser, 'disk' | 'server'>,
  ids: readonly string[],
  state: Exclude<AckRequest['state'], 'snoozed'> = 'acknowledged',
  over: Partial<Decision> = {},
): Promise<void> {
  const database = new BurnrateDatabase(browser.disk);
  const decision = { note: '', who: 'Ann', ...over, state } as Decision; // settled states have no more fields
  try {
    const decisions = ids.map((incidentId) => ({ incidentId, decision }));
    await decide(database, decisions, browser.server.nowMs);
  } finally {
    database.close();
  }
}

/** The device holds what the server's ledger does, whole. */
export async function expectSame(browser: Browser, ledger: ScriptedLedger): Promise<void> {
  const { epoch } = browser.server.store;
  const all = ledger.changes(epoch, 0, Number.POSITIVE_INFINITY);
  const { anomalies, acks, cursor } = await keptIncidents(browser.disk);
  const ownOf = (one: Anomaly) => ({ ...one, epoch });
  expect(new Map(anomalies.map((one) => [one.id, one]))).toEqual(
    new Map(all.anomalies.map((one) => [one.id, ownOf(one)])),
  );
  expect(new Map(acks.map((one) => [one.incidentId, one]))).toEqual(
    new Map(all.acks.map((one) => [one.incidentId, one])),
  );
  expect(cursor).toEqual({ epoch, ledger: ledger.mark.id, revision: ledger.mark.revision });
}
