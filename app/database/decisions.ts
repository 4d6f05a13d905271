import type { AckRequest } from '#core/wire/anomalies.ts';
import type { BurnrateDatabase } from './database.ts';

/** What the user wants an incident to be; the id of the decision is made here. */
export type Decision = AckRequest extends infer One
  ? One extends AckRequest
    ? Omit<One, 'clientId'>
    : never
  : never;

/**
 * Writes down what the user decided, before anything else is done: from then on it cannot be lost. All or nothing.
 * @param decisions with the incident that each is about, in their order
 * @param nowMs estimate of the server's clock, epoch ms
 * @param newId makes an id that nobody else makes
 * @throws what the storage throws
 */
export async function decide(
  { outbox, meta }: BurnrateDatabase,
  decisions: readonly { readonly incidentId: string; readonly decision: Decision }[],
  nowMs: number,
  newId: () => string = () => crypto.randomUUID(),
): Promise<void> {
  await outbox.db.transaction('rw', outbox, meta, async () => {
    const row = await meta.get('device');
    const device = row?.key === 'device' ? row.value : newId().slice(0, 8);
    if (!row) await meta.put({ key: 'device', value: device });
    const rows = decisions.map(({ incidentId, decision }) => {
      const clientId = `${device}-${newId()}`;
      return { clientId, incidentId, request: { ...decision, clientId }, madeAtMs: nowMs };
    });
    await outbox.bulkAdd(rows);
  });
}
