import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder of an empty database that all test files share; whoever needs it first makes it there. */
export const PREPARED_LEDGER = 'TEST_PREPARED_LEDGER';

/** @returns what removes it again, when all tests are over */
export default function prepareLedger(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'burnrate-prepared-'));
  process.env[PREPARED_LEDGER] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
