import type { MessageUsage } from '#core/wire/usage.ts';
import type { BurnrateDatabase, UsageFacts } from './database.ts';

/** What is known of the messages of the period, and since when. */
export interface KnownUsage extends UsageFacts {
  readonly usage: readonly MessageUsage[];
}

/** Null: nothing was ever stored. @throws what the storage throws */
export async function storedUsage(database: BurnrateDatabase): Promise<KnownUsage | null> {
  const { usage, meta } = database;
  return database.transaction('r', usage, meta, async () => {
    const row = await usage.get('current');
    const facts = await factsOf(database);
    return row && facts ? { ...facts, usage: row.usage } : null;
  });
}

/** Replaces what is stored, whole or not at all. @throws what the storage throws */
export async function storeUsage(database: BurnrateDatabase, known: KnownUsage): Promise<void> {
  const { tag, heardAtMs } = known;
  const { usage, meta } = database;
  await database.transaction('rw', usage, meta, async () => {
    const stored = await factsOf(database);
    await meta.put({ key: 'usage', value: { tag, heardAtMs } });
    // The same is not written again: only its age changes.
    if (stored?.tag !== tag) await usage.put({ period: 'current', usage: known.usage });
  });
}

async function factsOf({ meta }: BurnrateDatabase): Promise<UsageFacts | null> {
  const row = await meta.get('usage');
  return row?.key === 'usage' ? row.value : null;
}
