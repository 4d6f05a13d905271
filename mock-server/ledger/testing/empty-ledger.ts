import { access, cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { makeEmpty } from '../open-ledger.ts';
import { PREPARED_LEDGER } from './prepare-ledger.ts';

const LOOK_EVERY_MS = 100;
/** Longer than it takes on the slowest machine. */
const LOOKS = 1_200;

/**
 * Copies an empty database to `directory`: to make one takes ten times as long as to open it. It has no tables yet, so
 * that each ledger that begins with it has an id of its own.
 */
export async function copyEmpty(directory: string): Promise<void> {
  await cp(await preparedDatabase(), directory, { recursive: true });
}

/** Makes it when nobody did, and waits when somebody does. */
async function preparedDatabase(): Promise<string> {
  const folder = process.env[PREPARED_LEDGER];
  if (folder === undefined) throw new Error(`${PREPARED_LEDGER} is not set`);
  const directory = join(folder, 'empty');
  if (await isTaken(join(folder, 'making'))) await thereIs(directory);
  // It appears under its name when it is whole.
  else await makeEmpty(directory);
  return directory;
}

async function isTaken(path: string): Promise<boolean> {
  return mkdir(path).then(
    () => false,
    () => true,
  );
}

async function thereIs(path: string): Promise<void> {
  for (let look = 1; ; look++) {
    try {
      return await access(path);
    } catch (error) {
      if (look === LOOKS) throw error;
      await after(LOOK_EVERY_MS);
    }
  }
}
