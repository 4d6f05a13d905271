import { anIncident } from '#core/wire/testing/anomalies.ts';
import type { IncidentReport } from '#core/wire/incidents.ts';
import type { Ack } from '#core/wire/anomalies.ts';
import type { KnownIncident } from '#app/database/incidents.ts';

/** An incident as the device has it, that nobody has decided anything about. */
export function aKnownIncident(
  id: string,
  fields: Partial<IncidentReport> = {},
  parts: Partial<KnownIncident> = {},
): KnownIncident {
  const anomaly = { ...anIncident({ id, ...fields }), revision: 1, epoch: 'e' };
  return { anomaly, ack: undefined, pending: [], ...parts };
}

/** The same once somebody has acknowledged it. */
export function acknowledged(known: KnownIncident): KnownIncident {
  const { id, foundMs } = known.anomaly;
  const ack: Ack = {
    state: 'acknowledged',
    incidentId: id,
    clientId: 'click-0001',
    note: '',
    who: 'Ann',
    atMs: foundMs + 1,
    revision: 2,
  };
  return { ...known, ack };
}
