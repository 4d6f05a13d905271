import { BurnrateDatabase } from '#app/database/database.ts';

/** What the page reads of the cache by itself. Null where the browser has no storage: the worker says so. */
export const pageDatabase = 'indexedDB' in globalThis ? new BurnrateDatabase() : null;
