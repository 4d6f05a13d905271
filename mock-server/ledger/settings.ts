import { type AnomalySettings, DEFAULT_SETTINGS } from '#core/anomaly/settings.ts';
import type { Query } from './database.ts';
import { settingsOf } from './rows.ts';

export async function readSettings(query: Query): Promise<AnomalySettings> {
  const [row] = await query('SELECT * FROM ledger_settings');
  return row ? settingsOf(row) : DEFAULT_SETTINGS;
}

/** Whether they are others than before. */
export async function writeSettings(query: Query, settings: AnomalySettings): Promise<boolean> {
  const { sensitivity, floorMicroUsdPerHour } = settings;
  const rows = await query(
    `INSERT INTO ledger_settings AS old (sensitivity, floor_micro_usd_per_hour) VALUES ($1, $2)
    ON CONFLICT (is_only) DO UPDATE SET sensitivity = excluded.sensitivity,
      floor_micro_usd_per_hour = excluded.floor_micro_usd_per_hour
    WHERE old.sensitivity <> excluded.sensitivity
      OR old.floor_micro_usd_per_hour <> excluded.floor_micro_usd_per_hour
    RETURNING is_only`,
    [sensitivity, floorMicroUsdPerHour],
  );
  return rows.length > 0;
}
