import { randomBytes } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openEmbeddedLedger } from '../ledger/open-ledger.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

/** A database is made, and written to for a while. */
const TIMEOUT_MS = 180_000;
const POINT_BYTES = 200_000;

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('pg_wal'))
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

it(
  'X42 stays small though the point is overwritten again and again',
  async () => {
    const folder = temporaryFolder();
    const opened = await openEmbeddedLedger(folder, 0);
    if (!opened.ok) throw new Error(opened.reason);
    const { ledger } = opened;
    onTestFinished(() => ledger.close());
    const save = async (from: number, to: number) => {
      for (let atMs = from; atMs < to; atMs++)
        await ledger.save('e', [], { atMs, state: randomBytes(POINT_BYTES) });
      return sizeOf(folder);
    };
    const early = await save(0, 110);
    // Without an end of it, 44 MB more.
    const late = await save(110, 330);
    expect(late - early).toBeLessThan(20_000_000);
  },
  TIMEOUT_MS,
);
