type Value = string | number | null | Uint8Array;

/** Runs one statement with its values for `$1`, `$2` ...; whole numbers may come back as text. */
export type Query = (
  text: string,
  values?: readonly Value[],
) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** The database has ended; whether what was under way counts is not known. */
export class DatabaseLost extends Error {}

/** The little that is asked of a database: PGlite and PostgreSQL do the same with it. */
export interface Database {
  /** All that `work` does counts or, if it throws, nothing of it. */
  readonly transaction: <T>(work: (query: Query) => Promise<T>) => Promise<T>;
  /** Lets transactions under way end. May be called twice. */
  readonly close: () => Promise<void>;
}

/** @param query of one connection that nobody else uses meanwhile */
export async function inTransaction<T>(
  query: Query,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  await query('BEGIN');
  try {
    const result = await work(query);
    await query('COMMIT');
    return result;
  } catch (error) {
    // What went wrong first is what counts.
    await query('ROLLBACK').catch(() => {});
    throw error;
  }
}
