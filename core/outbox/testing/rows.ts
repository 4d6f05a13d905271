import type { Ack, AckReply, AckRequest } from '../../wire/anomalies.ts';
import { anAckRequest } from '../../wire/testing/anomalies.ts';
import type { OutboxRow } from '../outbox.ts';

const MADE_AT_MS = Date.UTC(2026, 10, 3, 10);

/** What the device `device-a` decided about an incident, `order` saying when. */
export function aRow(
  order: number,
  request: Partial<AckRequest> = {},
  incidentId = 'i',
): OutboxRow {
  const clientId = `device-a-${order}`;
  const decided = { ...anAckRequest({ clientId }), ...request } as AckRequest; // fields of one kind of request
  return { order, clientId, incidentId, request: decided, madeAtMs: MADE_AT_MS + order };
}

/** The same as the server has it. */
export function anAck({ request, incidentId }: OutboxRow, revision = 1): Ack {
  return { ...request, incidentId, atMs: MADE_AT_MS, revision };
}

/** The server has a decision, and it counts. */
export function aReply(row: OutboxRow, current: Ack = anAck(row)): AckReply {
  return { ack: anAck(row), current };
}
