import { type AnomalySettings, SENSITIVITIES } from '#core/anomaly/settings.ts';
import { readText, writeText } from '../../../device-storage.ts';

/** What is being chosen: the floor as it was typed. */
export interface Draft {
  readonly sensitivity: AnomalySettings['sensitivity'];
  readonly floorText: string;
}

const KNOWN = 'burnrate.anomaly-settings';
const DRAFT = 'burnrate.anomaly-draft';

/** What counted when the server was last heard; null: it never was. */
export function rememberedSettings(): AnomalySettings | null {
  const { sensitivity, floorMicroUsdPerHour } = objectIn(KNOWN);
  const known = SENSITIVITIES.find((one) => one === sensitivity);
  if (!known || typeof floorMicroUsdPerHour !== 'number') return null;
  return { sensitivity: known, floorMicroUsdPerHour };
}

export function rememberSettings(settings: AnomalySettings): void {
  writeText(KNOWN, JSON.stringify(settings));
}

/** What was chosen and does not count yet; null: nothing was. */
export function rememberedDraft(): Draft | null {
  const { sensitivity, floorText } = objectIn(DRAFT);
  const chosen = SENSITIVITIES.find((one) => one === sensitivity);
  return chosen && typeof floorText === 'string' ? { sensitivity: chosen, floorText } : null;
}

/** @param draft null: what is chosen counts */
export function rememberDraft(draft: Draft | null): void {
  writeText(DRAFT, JSON.stringify(draft));
}

/** Whatever is kept there: an older build or somebody else may have written it. */
function objectIn(key: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readText(key) ?? 'null');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
