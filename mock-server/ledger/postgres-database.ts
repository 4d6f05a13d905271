import pg from 'pg';
import { type Database, type Query, inTransaction } from './database.ts';

const CONNECTIONS = 4;
const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 15_000;

/** A PostgreSQL that others run; it is asked only when something is wanted. */
export function postgresDatabase(url: string, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'burnrate',
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  });
  // A connection that breaks while nobody uses it; the next question opens another.
  pool.on('error', onError);
  let closing: Promise<void> | null = null;
  return {
    transaction: async (work) => {
      const client = await pool.connect();
      const query: Query = async (text, values = []) =>
        (await client.query(text, [...values])).rows as Record<string, unknown>[]; // typed as any
      let failure: Error | undefined;
      // Unheard, a connection that breaks would end the process.
      const onBroken = (error: Error) => (failure = error);
      client.on('error', onBroken);
      try {
        return await inTransaction(query, work);
      } finally {
        client.off('error', onBroken);
        client.release(failure);
      }
    },
    close: () => (closing ??= pool.end()),
  };
}
