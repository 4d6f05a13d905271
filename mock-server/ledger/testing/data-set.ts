import type { AnomaliesReply } from '#core/wire/anomalies.ts';
import type { IncidentReport } from '#core/wire/incidents.ts';
import { anAckRequest, anIncident } from '#core/wire/testing/anomalies.ts';
import type { ChangesQuery, Ledger } from '../ledger.ts';

export const NOW_MS = Date.UTC(2026, 10, 3, 10);

/** Everything that changed, in one page unless told. */
const ALL: ChangesQuery = {
  epoch: '',
  fromMs: null,
  toMs: null,
  sinceRevision: 0,
  limit: 1_000,
};

let epochs = 0;

/** The data set of the test that runs. */
export let epoch = '';

export function beginDataSet(): void {
  epochs += 1;
  epoch = `epoch-${epochs}`;
}

/** An incident that only this data set has. */
export function anOwn(name: string, fields: Partial<IncidentReport> = {}): IncidentReport {
  return anIncident({ id: `${epoch}-${name}`, ...fields });
}

export function anOwnAck(name: string, fields: Parameters<typeof anAckRequest>[0] = {}) {
  return anAckRequest({ clientId: `${epoch}-click-${name}`, ...fields });
}

export const idsOf = (reply: AnomaliesReply) => reply.anomalies.map((one) => one.id);

export const changesOf = (ledger: Ledger, asked: Partial<ChangesQuery> = {}) =>
  ledger.changes({ ...ALL, epoch, ...asked });

/** What a decision was answered with; it was taken. */
export async function decided(ledger: Ledger, ...asked: Parameters<Ledger['decide']>) {
  const answer = await ledger.decide(...asked);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.reply;
}
