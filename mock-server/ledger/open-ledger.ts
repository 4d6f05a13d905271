import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type EmbeddedDatabase, openEmbedded } from './embedded-database.ts';
import { Ledger, readThrough } from './ledger.ts';
import { NewerLedger, migrate } from './migrations.ts';
import { takeLock } from './pid-lock.ts';
import { postgresDatabase } from './postgres-database.ts';

export type LedgerOpened =
  | {
      ok: true;
      ledger: Ledger;
      /** One line for the log. */
      warning: string | null;
      /** When it can be used no longer, though nobody closed it: why. A PostgreSQL is only away for a while. */
      lost: Promise<Error>;
    }
  /** Final: trying again would be of no use. */
  | { ok: false; reason: string; isFinal: boolean };

/** Opens the ledger in a PostgreSQL. @param onError hears of connections that break while they are not used */
export async function openPostgresLedger(
  url: string,
  onError: (error: Error) => void,
): Promise<LedgerOpened> {
  const database = postgresDatabase(url, onError);
  try {
    await migrate(database);
    const lost = new Promise<Error>(() => {});
    return { ok: true, ledger: new Ledger(database), warning: null, lost };
  } catch (error) {
    await database.close();
    const reason = `the ledger's PostgreSQL cannot be used: ${messageOf(error)}`;
    return { ok: false, reason, isFinal: error instanceof NewerLedger };
  }
}

/**
 * Opens the ledger in `dataDir`, or makes one. What cannot be read is set aside under another name, never deleted.
 * @param nowMs epoch ms; part of that name
 * @param make makes an empty database in a directory that is not there
 */
export async function openEmbeddedLedger(
  dataDir: string,
  nowMs: number,
  make = makeEmpty,
): Promise<LedgerOpened> {
  await mkdir(dataDir, { recursive: true });
  const directory = join(dataDir, 'ledger');
  // Beside it, since it may be set aside.
  const lock = await takeLock(`${directory}.lock`);
  if (!lock.ok) return { ok: false, reason: lock.reason, isFinal: false };
  try {
    const { database, warning } = await openOrRenew(directory, nowMs, make);
    const close = () => database.close().finally(lock.release);
    const { lost } = database;
    return { ok: true, ledger: new Ledger({ ...database, close }), warning, lost };
  } catch (error) {
    await lock.release();
    const reason = `the ledger in ${directory} cannot be used: ${messageOf(error)}`;
    return { ok: false, reason, isFinal: error instanceof NewerLedger };
  }
}

interface Renewed {
  readonly database: EmbeddedDatabase;
  readonly warning: string | null;
}

async function openOrRenew(
  directory: string,
  nowMs: number,
  make: typeof makeEmpty,
): Promise<Renewed> {
  if (!(await exists(directory))) {
    await make(directory);
    return { database: await openChecked(directory), warning: null };
  }
  try {
    // PGlite would make a database in any folder, over what is there.
    if (!(await exists(join(directory, 'PG_VERSION')))) throw new Error('it is no database');
    return { database: await openChecked(directory), warning: null };
  } catch (error) {
    if (error instanceof NewerLedger) throw error;
    // If no empty one can be made either, it is the machine that fails, and not the directory.
    const fresh = `${directory}.new`;
    await make(fresh);
    const aside = `${directory}.damaged-${nowMs}`;
    await rename(directory, aside);
    await rename(fresh, directory);
    const warning = `the ledger in ${directory} cannot be read (${messageOf(error)}): it was set aside as ${aside}, and an empty one begins`;
    return { database: await openChecked(directory), warning };
  }
}

async function openChecked(directory: string): Promise<EmbeddedDatabase> {
  const database = await openEmbedded(directory);
  try {
    await migrate(database);
    await readThrough(database);
    return database;
  } catch (error) {
    await database.close().catch(() => {});
    throw error;
  }
}

/** Makes an empty database elsewhere first: what is killed meanwhile leaves no half of one. */
export async function makeEmpty(directory: string): Promise<void> {
  const making = `${directory}.making`;
  await rm(making, { recursive: true, force: true });
  await rm(directory, { recursive: true, force: true });
  const database = await openEmbedded(making);
  await database.close();
  await rename(making, directory);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
