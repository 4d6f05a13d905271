/** The keys of the list of incidents, as the help lists them; the same table drives the list. */
export const INCIDENT_KEYS = [
  { key: 'a', act: 'acknowledge', name: 'Acknowledge' },
  { key: 'd', act: 'dismiss', name: 'Dismiss' },
  { key: 's', act: 'snooze', name: 'Snooze' },
  { key: 'u', act: 'undo', name: 'Undo, or open again' },
  { key: 'x', act: 'select', name: 'Select; with Shift, up to here' },
  { key: 'Escape', act: 'leave', name: 'Close, or select none' },
] as const;

export type IncidentAct = (typeof INCIDENT_KEYS)[number]['act'];

/** @param key as the event of the keyboard names it; null: it does nothing */
export function actOfKey(key: string): IncidentAct | null {
  const pressed = key.toLowerCase();
  return INCIDENT_KEYS.find((one) => one.key.toLowerCase() === pressed)?.act ?? null;
}
