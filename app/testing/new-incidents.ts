import type { IncidentReport } from '#core/wire/incidents.ts';
import type { KnownIncident } from '#app/database/incidents.ts';
import { anAck, known } from './known-incidents.ts';

/** An incident that nobody has decided anything about. */
export function aKnownIncident(id: string, fields: Partial<IncidentReport> = {}): KnownIncident {
  return known({ id, ...fields });
}

/** The same once somebody has acknowledged it. */
export function acknowledged(one: KnownIncident): KnownIncident {
  return { ...one, ack: anAck({ state: 'acknowledged', incidentId: one.anomaly.id }) };
}
