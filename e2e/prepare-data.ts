import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROUTES } from '#core/wire/routes.ts';
import { Server } from './server.ts';

/** Names the folder that a server has used before; each test begins with a copy of it. */
export const PREPARED_DATA = 'E2E_PREPARED_DATA';

const LONGEST_MS = 180_000;
const STEP_MS = 200;

/**
 * Lets a server make its ledger once: a new one for each test would be a fifth of all the work of the tests.
 * @returns what removes it again
 */
export default async function prepareData(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'burnrate-prepared-'));
  const server = await Server.start({ DATA_DIR: folder });
  const untilMs = Date.now() + LONGEST_MS;
  for (;;) {
    const { ok, status } = await fetch(`${server.url}${ROUTES.anomalies}`);
    if (ok) break;
    if (Date.now() > untilMs) throw new Error(`the ledger is not open: ${status}`);
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  await server.stop();
  process.env[PREPARED_DATA] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
