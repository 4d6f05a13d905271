import type { KnownIncident } from '#app/database/incidents.ts';
import type { AnomalyRow } from '#app/database/database.ts';
import type { OutboxRow } from '#core/outbox/outbox.ts';
import type { Ack, AckRequest } from '#core/wire/anomalies.ts';
import { anAckRequest, anIncident } from '#core/wire/testing/anomalies.ts';
import { AS_OF_MS } from './frames.ts';

const MINUTE_MS = 60_000;
/** Of all incidents of a test. */
export const EPOCH = 'fleet-1';

/** An incident that began three minutes before the frames of `aFrame` end. */
export function anAnomaly(fields: Partial<AnomalyRow> = {}): AnomalyRow {
  const startMs = fields.startMs ?? Math.floor(AS_OF_MS / MINUTE_MS) * MINUTE_MS - 3 * MINUTE_MS;
  return { ...anIncident({ startMs }), epoch: EPOCH, revision: 1, ...fields };
}

/** The same, with what was decided about it. */
export function known(
  fields: Partial<AnomalyRow> = {},
  parts: Partial<KnownIncident> = {},
): KnownIncident {
  return { anomaly: anAnomaly(fields), ack: undefined, pending: [], ...parts };
}

/** A decision that the server has. */
export function anAck(fields: Partial<Omit<Ack, 'state'>> & AckState = { state: 'acknowledged' }) {
  return {
    ...anAckRequest(),
    incidentId: anAnomaly().id,
    atMs: AS_OF_MS,
    revision: 2,
    ...fields,
  } as Ack; // the state and its end go together
}

interface AckState {
  readonly state: AckRequest['state'];
  readonly untilMs?: number;
}

/** A decision that waits to be sent. */
export function aPending(request: AckRequest, madeAtMs = AS_OF_MS): OutboxRow {
  const { clientId } = request;
  return { order: 1, clientId, incidentId: anAnomaly().id, request, madeAtMs };
}
