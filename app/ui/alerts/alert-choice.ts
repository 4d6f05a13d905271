import { readText, writeText } from '../device-storage.ts';

/** Gravest last. */
export const ALERT_SEVERITIES = ['minor', 'major', 'critical'] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** What the user wants to hear of on this device. */
export interface AlertChoice {
  /** The least that a notification is shown for. */
  readonly least: AlertSeverity;
  readonly isSoundOn: boolean;
}

/** `use-alerts.ts` looks whether anything is kept here. */
const KEY = 'burnrate.alerts';
const DEFAULT: AlertChoice = { least: 'major', isSoundOn: false };

/** Read anew each time: another tab may have changed it. */
export function alertChoice(): AlertChoice {
  try {
    const kept: unknown = JSON.parse(readText(KEY) ?? 'null');
    const { least, isSoundOn } = { ...DEFAULT, ...(kept as Partial<AlertChoice>) }; // checked below
    return {
      least: ALERT_SEVERITIES.find((one) => one === least) ?? DEFAULT.least,
      isSoundOn: isSoundOn === true,
    };
  } catch {
    return DEFAULT;
  }
}

export function chooseAlerts(choice: AlertChoice): void {
  writeText(KEY, JSON.stringify(choice));
}
