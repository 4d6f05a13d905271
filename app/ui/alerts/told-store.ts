import { readText, writeText } from '../device-storage.ts';
import type { Told } from './next-alerts.ts';

const KEY = 'burnrate.told';

/** What the user knows of already, through reloads and restarts. */
export function readTold(): Told {
  try {
    const kept: unknown = JSON.parse(readText(KEY) ?? 'null');
    const entries = typeof kept === 'object' && kept !== null ? Object.entries(kept) : [];
    return Object.fromEntries(
      entries.filter((entry): entry is [string, Told[string]] => isOne(entry[1])),
    );
  } catch {
    return {};
  }
}

export function writeTold(told: Told): void {
  writeText(KEY, JSON.stringify(told));
}

function isOne(value: unknown): boolean {
  const one = value as Partial<Told[string]> | null; // whatever it is, it is only looked at
  return typeof one?.foundMs === 'number' && typeof one.isShown === 'boolean';
}
