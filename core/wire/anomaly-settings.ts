import { z } from 'zod';
import { type AnomalySettings, SENSITIVITIES } from '../anomaly/settings.ts';
import { type Parsed, parseWith } from './parsed.ts';

const MICRO_USD_PER_USD = 1e6;
/** More an hour than anybody waits for. */
export const MAX_FLOOR_USD_PER_HOUR = 1_000_000;

export const anomalySettingsSchema = z.object({
  sensitivity: z.enum(SENSITIVITIES),
  /** US dollars, rounded to micro-dollars: what would cost less an hour beyond the usual is not raised. */
  floorUsdPerHour: z.number().min(0).max(MAX_FLOOR_USD_PER_HOUR),
});

/** Body of `PUT /api/anomalies/settings`, and of the answers to it and to GET: what is shared by all who watch. */
export type AnomalySettingsBody = z.infer<typeof anomalySettingsSchema>;

export function parseAnomalySettings(body: unknown): Parsed<AnomalySettings> {
  const read = parseWith(anomalySettingsSchema, body);
  if (!read.ok) return read;
  const { sensitivity, floorUsdPerHour } = read.value;
  const floorMicroUsdPerHour = Math.round(floorUsdPerHour * MICRO_USD_PER_USD);
  return { ok: true, value: { sensitivity, floorMicroUsdPerHour } };
}

/** The same as it travels. */
export function anomalySettingsBodyOf(settings: AnomalySettings): AnomalySettingsBody {
  const { sensitivity, floorMicroUsdPerHour } = settings;
  return { sensitivity, floorUsdPerHour: floorMicroUsdPerHour / MICRO_USD_PER_USD };
}
