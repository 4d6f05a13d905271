const MICRO_USD_PER_USD = 1_000_000;

export const SENSITIVITIES = ['low', 'medium', 'high'] as const;
type Sensitivity = (typeof SENSITIVITIES)[number];

/** What the user chooses about anomalies. */
export interface AnomalySettings {
  readonly sensitivity: Sensitivity;
  /** Incidents of spending are raised only if they would cost at least this much an hour more, or less, than usual. */
  readonly floorMicroUsdPerHour: number;
}

export const DEFAULT_SETTINGS: AnomalySettings = {
  sensitivity: 'medium',
  floorMicroUsdPerHour: 25 * MICRO_USD_PER_USD,
};

/** Least score of an alarm: 1 is "never seen", what is above tells by how far. */
const LEVELS: Readonly<Record<Sensitivity, number>> = { low: 1.28, medium: 1.18, high: 1.1 };

export function alarmLevelOf({ sensitivity }: AnomalySettings): number {
  return LEVELS[sensitivity];
}
