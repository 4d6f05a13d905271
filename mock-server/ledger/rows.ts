import { z } from 'zod';
import { type AnomalySettings, SENSITIVITIES } from '#core/anomaly/settings.ts';
import { type Ack, type AckRequest, type Anomaly, ackSchema } from '#core/wire/anomalies.ts';

type Row = Readonly<Record<string, unknown>>;

/** Databases give whole numbers of 64 bits as text, or not. */
const wholeSchema = z.coerce.number().pipe(z.int());

export const metaRowSchema = z.object({ id: z.string(), revision: wholeSchema });

const incidentRowSchema = z.object({ revision: wholeSchema, report: z.string() });

const ackRowSchema = z.object({
  client_id: z.string(),
  incident_id: z.string(),
  state: z.string(),
  until_ms: wholeSchema.nullable(),
  note: z.string(),
  who: z.string(),
  at_ms: wholeSchema,
  revision: wholeSchema,
});

const settingsRowSchema = z.object({
  sensitivity: z.enum(SENSITIVITIES),
  floor_micro_usd_per_hour: wholeSchema,
});

export function anomalyOf(row: Row): Anomaly {
  const { revision, report } = incidentRowSchema.parse(row);
  const written = JSON.parse(report) as Omit<Anomaly, 'revision'>; // by this ledger, from a report checked by its type
  return { ...written, revision };
}

export function ackOf(row: Row): Ack {
  const { client_id, incident_id, until_ms, at_ms, ...same } = ackRowSchema.parse(row);
  const ack = { ...same, clientId: client_id, incidentId: incident_id, atMs: at_ms };
  return ackSchema.parse(until_ms === null ? ack : { ...ack, untilMs: until_ms });
}

export function settingsOf(row: Row): AnomalySettings {
  const { sensitivity, floor_micro_usd_per_hour } = settingsRowSchema.parse(row);
  return { sensitivity, floorMicroUsdPerHour: floor_micro_usd_per_hour };
}

/** Until when it is put off; null: it is not. */
export function untilMsOf(decision: AckRequest): number | null {
  return decision.state === 'snoozed' ? decision.untilMs : null;
}
