import type { LedgerChanges, LedgerCursor } from '#core/live/ledger-news.ts';
import type { OutboxRow } from '#core/outbox/outbox.ts';
import { isMadeOn, isSuperseded } from '#core/outbox/superseded.ts';
import type { FinalVerdict } from '#core/outbox/verdict.ts';
import type { Ack } from '#core/wire/anomalies.ts';
import type { BurnrateDatabase } from './database.ts';
import { newestFirst } from './incidents.ts';

/** What is read with each look at the list; more than a thousand nobody deals with one by one. */
const MOST_INCIDENTS = 1_000;

/** The first decision that is not confirmed, and the ledger that is known as it is read. */
export interface Outgoing {
  readonly row: OutboxRow;
  readonly ledger: string | null;
}

/** @throws what the storage throws */
export async function ledgerCursor({ meta }: BurnrateDatabase): Promise<LedgerCursor | null> {
  const row = await meta.get('ledger');
  return row?.key === 'ledger' ? row.value : null;
}

/**
 * Takes changes in, all of them or none, and with them what the user has to be told.
 * @param expected what the writer saw last
 * @returns false: somebody else wrote since, nothing was changed and the writer must look again
 * @throws what the storage throws
 */
export function takeChanges(
  database: BurnrateDatabase,
  expected: LedgerCursor | null,
  changes: LedgerChanges,
): Promise<boolean> {
  const { anomalies, acks, outbox, notices, meta } = database;
  return database.transaction('rw', [anomalies, acks, outbox, notices, meta], async () => {
    if (!isSame(await ledgerCursor(database), expected)) return false;
    const { next, isAnew } = changes;
    if (isAnew) {
      await anomalies.clear();
      await acks.clear();
    }
    await anomalies.bulkPut(changes.anomalies.map((one) => ({ ...one, epoch: next.epoch })));
    await takeAcks(database, changes.acks);
    await letGoOfOldest(database, next.epoch);
    await meta.put({ key: 'ledger', value: next });
    return true;
  });
}

/** @returns null: nothing is to be sent. @throws what the storage throws */
export function nextOutgoing(database: BurnrateDatabase): Promise<Outgoing | null> {
  const { outbox, meta } = database;
  return database.transaction('r', outbox, meta, async () => {
    const row = await outbox.orderBy('order').first();
    return row ? { row, ledger: (await ledgerCursor(database))?.ledger ?? null } : null;
  });
}

/**
 * Writes down what became of a decision, and lets go of it: both or neither. Nothing is done when somebody else has
 * done so already, or when another ledger than the one that was asked is known by now: that one has to be asked too.
 * @throws what the storage throws
 */
export async function settle(
  database: BurnrateDatabase,
  { row, ledger }: Outgoing,
  verdict: FinalVerdict,
): Promise<void> {
  const { acks, outbox, notices, meta } = database;
  await database.transaction('rw', [acks, outbox, notices, meta], async () => {
    const stored = await outbox.get(row.order);
    if (stored?.clientId !== row.clientId) return;
    const known = (await ledgerCursor(database))?.ledger ?? null;
    if (known !== ledger) return;
    await outbox.delete(row.order);
    const { incidentId, request } = row;
    if (verdict.kind === 'refused') {
      await notices.add({ incidentId, request, what: verdict });
      return;
    }
    const { ack, current } = verdict.reply;
    await putIfLater(database, current);
    // What the user has decided since will arrive later still, and count.
    if ((await outbox.where({ incidentId }).count()) > 0) return;
    if (!isSuperseded(request, current, await deviceOf(database))) return;
    const what = { kind: 'superseded', by: current, mineMs: ack.atMs } as const;
    await notices.add({ incidentId, request, what });
  });
}

/**
 * Lets go of a decision that the server has and that counts: a full disk takes deletions, if there is nothing else in
 * their transaction, and what counts is told again with the next news.
 * @returns false: there is more to write down than that
 * @throws what the storage throws
 */
export async function settleOnFullDisk(
  { outbox }: BurnrateDatabase,
  { row }: Outgoing,
  verdict: FinalVerdict,
): Promise<boolean> {
  const isPlain = verdict.kind === 'done' && verdict.reply.current.clientId === row.clientId;
  if (isPlain) await outbox.where({ clientId: row.clientId }).delete();
  return isPlain;
}

function isSame(a: LedgerCursor | null, b: LedgerCursor | null): boolean {
  return a?.epoch === b?.epoch && a?.ledger === b?.ledger && a?.revision === b?.revision;
}

async function deviceOf({ meta }: BurnrateDatabase): Promise<string | null> {
  const row = await meta.get('device');
  return row?.key === 'device' ? row.value : null;
}

async function takeAcks(database: BurnrateDatabase, fresh: readonly Ack[]): Promise<void> {
  const { acks, outbox, notices } = database;
  const device = await deviceOf(database);
  for (const ack of fresh) {
    const before = await acks.get(ack.incidentId);
    if (!(await putIfLater(database, ack)) || !before || !isMadeOn(device, before)) continue;
    if (!isSuperseded(before, ack, device)) continue;
    // What waits to be sent is told of with its own answer.
    const { incidentId, revision: _, atMs: mineMs, ...request } = before;
    if ((await outbox.where({ incidentId }).count()) > 0) continue;
    await notices.add({ incidentId, request, what: { kind: 'superseded', by: ack, mineMs } });
  }
}

/** The answer to a decision may be ahead of the news. @returns whether it was */
async function putIfLater({ acks }: BurnrateDatabase, ack: Ack): Promise<boolean> {
  const known = await acks.get(ack.incidentId);
  if (known && known.revision >= ack.revision) return false;
  await acks.put(ack);
  return true;
}

async function letGoOfOldest(database: BurnrateDatabase, epoch: string): Promise<void> {
  const { anomalies, acks, outbox } = database;
  if ((await anomalies.count()) <= MOST_INCIDENTS) return;
  const ids = await newestFirst(database, epoch).offset(MOST_INCIDENTS).primaryKeys();
  const waiting = new Set((await outbox.toArray()).map((row) => row.incidentId));
  const gone = ids.filter((id) => !waiting.has(id));
  await anomalies.bulkDelete(gone);
  await acks.bulkDelete(gone);
}
