import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anomaliesReplySchema } from '#core/wire/anomalies.ts';
import { ROUTES } from '#core/wire/routes.ts';
import { Server } from './server.ts';

/** Names the folder that a server has used before; each test begins with a copy of it. */
export const PREPARED_DATA = 'E2E_PREPARED_DATA';

const LONGEST_MS = 180_000;
const STEP_MS = 200;

/** The last day may have nothing to tell of. */
const FIRST_INCIDENT_MS = 20_000;

/**
 * Lets a server make its ledger once, and watch the last day: to do so for each test would be a third of all their work.
 * @returns what removes it again
 */
export default async function prepareData(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'burnrate-prepared-'));
  const server = await Server.start({ DATA_DIR: folder });
  const url = `${server.url}${ROUTES.anomalies}`;
  if (!(await comes(LONGEST_MS, async () => (await fetch(url)).ok))) {
    throw new Error('the ledger is not open');
  }
  await comes(FIRST_INCIDENT_MS, async () => {
    const { anomalies } = anomaliesReplySchema.parse(await (await fetch(url)).json());
    return anomalies.length > 0;
  });
  await server.stop();
  process.env[PREPARED_DATA] = folder;
  return () => rm(folder, { recursive: true, force: true });
}

/** Whether something is so before so much time has passed. */
async function comes(longestMs: number, isSo: () => Promise<boolean>): Promise<boolean> {
  const untilMs = Date.now() + longestMs;
  while (!(await isSo())) {
    if (Date.now() > untilMs) return false;
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  return true;
}
