import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Ledger } from '../ledger.ts';
import { openEmbeddedLedger } from '../open-ledger.ts';
import { copyEmpty } from './empty-ledger.ts';

/** The first on a busy machine takes many seconds. */
const TIMEOUT_MS = 120_000;

/** One embedded ledger for all tests of a file, each of which has a data set of its own in it. */
export function sharedLedger(): () => Ledger {
  let folder = '';
  let ledger: Ledger | null = null;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'burnrate-'));
    const opened = await openEmbeddedLedger(folder, 0, copyEmpty);
    if (!opened.ok) throw new Error(opened.reason);
    ledger = opened.ledger;
  }, TIMEOUT_MS);
  afterAll(async () => {
    await ledger?.close();
    await rm(folder, { recursive: true, force: true });
  });
  return () => {
    if (!ledger) throw new Error('it is not open');
    return ledger;
  };
}
