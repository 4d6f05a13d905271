import type { Ack, AckRequest } from '../wire/anomalies.ts';

/**
 * Whether the user has to be told that somebody else decided otherwise, and later.
 * @param mine made on this device
 * @param current what counts on the server
 * @param device what the client ids of this device begin with; null: it has decided nothing yet
 */
export function isSuperseded(mine: AckRequest, current: Ack, device: string | null): boolean {
  return !isMadeOn(device, current) && current.clientId !== mine.clientId && differs(mine, current);
}

export function isMadeOn(device: string | null, { clientId }: AckRequest): boolean {
  return device !== null && clientId.startsWith(`${device}-`);
}

/** What people would see of it; who said the same as the user did contradicts nobody. */
function differs(mine: AckRequest, current: AckRequest): boolean {
  const isSnoozed = mine.state === 'snoozed' && current.state === 'snoozed';
  return mine.state !== current.state || (isSnoozed && mine.untilMs !== current.untilMs);
}
