import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Ledger } from './ledger.ts';
import { describeLedger } from './ledger-contract.ts';
import { openEmbeddedLedger } from './open-ledger.ts';

let folder = '';
let ledger: Ledger | null = null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnrate-'));
  const opened = await openEmbeddedLedger(folder, 0);
  if (!opened.ok) throw new Error(opened.reason);
  ledger = opened.ledger;
}, 120_000);

afterAll(async () => {
  await ledger?.close();
  await rm(folder, { recursive: true, force: true });
});

describeLedger('embedded', () => {
  if (!ledger) throw new Error('it is not open');
  return ledger;
});
