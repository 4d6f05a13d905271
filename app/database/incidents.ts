import type { OutboxRow } from '#core/outbox/outbox.ts';
import type { Ack } from '#core/wire/anomalies.ts';
import type { AnomalyRow, BurnrateDatabase, NoticeRow } from './database.ts';

/** An incident, and all that is known here of what people decided about it. */
export interface KnownIncident {
  readonly anomaly: AnomalyRow;
  /** What counts on the server; undefined: nobody decided. */
  readonly ack: Ack | undefined;
  /** What the user decided here and the server has not confirmed, in its order. */
  readonly pending: readonly OutboxRow[];
}

export interface KnownIncidents {
  /** Newest first, without those that turned out to be part of others. */
  readonly incidents: readonly KnownIncident[];
  /** Oldest first. */
  readonly notices: readonly NoticeRow[];
}

/** Everything that is known of the incidents of the newest data set. @throws what the storage throws */
export async function knownIncidents(database: BurnrateDatabase): Promise<KnownIncidents> {
  const { anomalies, acks, outbox, notices, meta } = database;
  return database.transaction('r', [anomalies, acks, outbox, notices, meta], async () => {
    const told = await notices.toArray();
    const cursor = await meta.get('ledger');
    if (cursor?.key !== 'ledger') return { incidents: [], notices: told };
    const { epoch } = cursor.value;
    const rows = await anomalies
      .where('[epoch+startMs]')
      .between([epoch, 0], [epoch, Number.MAX_SAFE_INTEGER])
      .reverse()
      .toArray();
    const decided = await acks.bulkGet(rows.map((one) => one.id));
    const pending = await outbox.orderBy('order').toArray();
    const incidents = rows.map((anomaly, i) => ({
      anomaly,
      ack: decided[i],
      pending: pending.filter((one) => one.incidentId === anomaly.id),
    }));
    return { incidents: incidents.filter(isItself), notices: told };
  });
}

function isItself({ anomaly }: KnownIncident): boolean {
  return anomaly.mergedInto === null;
}
