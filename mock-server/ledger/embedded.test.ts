import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs, {
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { anAckRequest, anIncident } from '#core/wire/testing/anomalies.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { serveLedger } from '../testing/serve-ledger.ts';
import { startLedger } from './ledger-door.ts';
import { openEmbeddedLedger } from './open-ledger.ts';
import { openSynced } from './synced-database.js';
import { copyEmpty } from './testing/empty-ledger.ts';

/** A database is opened many times here, and made several: seconds each on a busy machine. */
const TIMEOUT_MS = 180_000;
const WRITER = fileURLToPath(new URL('testing/write-until-killed.ts', import.meta.url));
const CONTROL_FILE = 'global/pg_control';
const ALL = { epoch: 'e', fromMs: null, toMs: null, sinceRevision: 0, limit: 100_000 };

/** @param make without it, as the product does */
async function open(folder: string, make?: typeof copyEmpty) {
  const opened = await openEmbeddedLedger(folder, 1_234, make);
  if (!opened.ok) throw new Error(opened.reason);
  onTestFinished(() => opened.ledger.close());
  return opened;
}

/** A folder in which only tables have to be made. */
async function preparedFolder(): Promise<string> {
  const folder = temporaryFolder();
  await copyEmpty(join(folder, 'ledger'));
  return folder;
}

/** Its writer, and what it has said so far. */
function startWriter(folder: string, round: number) {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(
    process.execPath,
    ['--import', 'tsx', WRITER, folder, String(round)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (said.out += chunk));
  child.stderr.on('data', (chunk) => (said.err += chunk));
  const ended = once(child, 'close');
  /** Until it has said so many lines. */
  const lines = async (count: number): Promise<void> => {
    while (said.out.split('\n').length <= count) {
      const event = await Promise.race([ended.then(() => null), once(child.stdout, 'data')]);
      if (event === null) throw new Error(`the writer has ended: ${said.err}`);
    }
  };
  return { child, said, ended, lines };
}

describe('a ledger in a folder', () => {
  it(
    'K19 has everything that it confirmed, and nothing by half, when it is killed while it writes',
    async () => {
      const folder = await preparedFolder();
      const confirmed: string[] = [];
      for (const round of [0, 1, 2]) {
        const writer = startWriter(folder, round);
        await writer.lines(10 + 7 * round);
        writer.child.kill('SIGKILL');
        await writer.ended;
        // The last line may have been cut.
        confirmed.push(...writer.said.out.split('\n').slice(0, -1));
      }
      const { ledger, warning } = await open(folder);
      expect(warning).toBeNull();
      const { anomalies, acks, revision } = await ledger.changes(ALL);
      const ids = anomalies.map((one) => one.id);
      expect(ids).toEqual(expect.arrayContaining(confirmed));
      expect(acks.map((ack) => ack.incidentId)).toEqual(expect.arrayContaining(confirmed));
      expect(anomalies.every((one) => one.members.length === 200)).toBe(true);
      const revisions = [...anomalies, ...acks].map((one) => one.revision).sort((a, b) => a - b);
      expect(revisions).toEqual(Array.from({ length: revision }, (_, i) => i + 1));
      const checkpoint = await ledger.checkpoint('e');
      expect(new TextDecoder().decode(checkpoint?.state)).toBe(ids.at(-1));
      await ledger.save('e', [anIncident({ id: 'after' })]);
    },
    TIMEOUT_MS,
  );

  it(
    'K20 is not opened while another process has it, and can be once that has ended',
    async () => {
      const folder = await preparedFolder();
      const writer = startWriter(folder, 0);
      await writer.lines(1);
      const refused = await openEmbeddedLedger(folder, 0);
      expect(refused).toMatchObject({ ok: false, isFinal: false });
      expect(!refused.ok && refused.reason).toContain(`is held by process ${writer.child.pid}`);
      await writer.lines(3);
      writer.child.kill('SIGKILL');
      await writer.ended;
      const { ledger } = await open(folder);
      expect((await ledger.changes(ALL)).anomalies.length).toBeGreaterThanOrEqual(3);
    },
    TIMEOUT_MS,
  );

  it(
    'K21 is the same after it was closed and opened again, and leaves no lock behind',
    async () => {
      const folder = temporaryFolder();
      const { ledger } = await open(folder, copyEmpty);
      await ledger.save('e', [anIncident()]);
      await ledger.decide(anIncident().id, anAckRequest(), 5);
      const before = await ledger.changes(ALL);
      await ledger.close();
      await ledger.close();
      expect(readdirSync(folder)).toEqual(['ledger']);
      const again = await open(folder);
      expect(again.warning).toBeNull();
      expect(await again.ledger.changes(ALL)).toEqual(before);
    },
    TIMEOUT_MS,
  );

  it(
    'K39 is opened anew when its thread dies, with all that it had confirmed, and takes what comes',
    async () => {
      const folder = await preparedFolder();
      const threads: Worker[] = [];
      const note = (thread: Worker) => void threads.push(thread);
      process.on('worker', note);
      onTestFinished(() => void process.off('worker', note));
      const logged: unknown[] = [];
      const door = startLedger({
        open: () => openEmbeddedLedger(folder, 0),
        log: { error: (...message: unknown[]) => void logged.push(message) },
        onOpen: () => void served.news.changed(),
        retryMs: 100,
      });
      onTestFinished(door.close);
      const served = await serveLedger({ ledger: door.ledger });
      await expect.poll(door.ledger, { timeout: TIMEOUT_MS }).not.toBeNull();
      const first = door.ledger();
      await first?.save(served.store.epoch, [anIncident()]);
      const mark = await first?.mark();
      // Both are under way when it dies.
      const asked = Array.from({ length: 20 }, (_, i) =>
        served.put(
          `/api/anomalies/${anIncident().id}/ack`,
          anAckRequest({ clientId: `way-${i}-on` }),
        ),
      );
      await threads.at(-1)?.terminate();
      const statuses = (await Promise.all(asked)).map((response) => response.status);
      expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
      await expect.poll(door.ledger, { timeout: TIMEOUT_MS }).not.toBe(first);
      await expect.poll(door.ledger, { timeout: TIMEOUT_MS }).not.toBeNull();
      expect(JSON.stringify(logged)).toContain('the ledger is lost, and opened again');
      const again = await served.put(
        `/api/anomalies/${anIncident().id}/ack`,
        anAckRequest({ clientId: 'afterwards' }),
      );
      expect(again.status).toBe(200);
      const known = await door.ledger()?.changes({ ...ALL, epoch: served.store.epoch });
      expect(known?.ledger).toBe(mark?.id);
      expect(known?.anomalies).toHaveLength(1);
      expect(known?.acks).toMatchObject([{ clientId: 'afterwards' }]);
      const confirmed = statuses.filter((status) => status === 200).length;
      expect(known?.revision).toBeGreaterThanOrEqual((mark?.revision ?? 0) + confirmed + 1);
    },
    TIMEOUT_MS,
  );

  it(
    'K42 confirms nothing before it has reached the disk',
    async () => {
      const synced = vi.spyOn(fs, 'fsyncSync');
      syncBuiltinESMExports();
      onTestFinished(() => {
        synced.mockRestore();
        syncBuiltinESMExports();
      });
      const database = await openSynced(join(await preparedFolder(), 'ledger'));
      onTestFinished(() => database.close());
      await database.exec('CREATE TABLE one (at int)');
      for (let i = 0; i < 5; i++) {
        const before = synced.mock.calls.length;
        await database.query('INSERT INTO one VALUES ($1)', [i]);
        expect(synced.mock.calls.length).toBeGreaterThan(before);
      }
      expect((await database.query('SHOW fsync')).rows).toEqual([{ fsync: 'on' }]);
    },
    TIMEOUT_MS,
  );

  it.each([
    ['is no database', undefined, (path: string) => putNoteInstead(path)],
    ['has lost its control file', copyEmpty, (path: string) => rmSync(join(path, CONTROL_FILE))],
    [
      'has a control file cut short',
      copyEmpty,
      (path: string) => truncateSync(join(path, CONTROL_FILE), 100),
    ],
    ['has lost its log', copyEmpty, (path: string) => emptyFolder(join(path, 'pg_wal'))],
    ['has tables of nonsense', copyEmpty, (path: string) => overwriteTables(join(path, 'base'))],
  ])(
    'K22 is set aside and told when it %s, and an empty one begins',
    async (_what, make, damage) => {
      const folder = await preparedFolder();
      const directory = join(folder, 'ledger');
      const before = await open(folder);
      await before.ledger.save('e', [anIncident()]);
      const { id } = await before.ledger.mark();
      await before.ledger.close();
      damage(directory);
      const { ledger, warning } = await open(folder, make);
      expect((await ledger.mark()).id).not.toBe(id);
      expect(warning).toContain(`it was set aside as ${directory}.damaged-1234`);
      expect(existsSync(`${directory}.damaged-1234`)).toBe(true);
      expect((await ledger.changes(ALL)).anomalies).toEqual([]);
      expect(await ledger.save('e', [anIncident()])).toHaveLength(1);
    },
    TIMEOUT_MS,
  );
});

function putNoteInstead(path: string): void {
  emptyFolder(path);
  writeFileSync(join(path, 'note.txt'), 'hello');
}

function emptyFolder(path: string): void {
  rmSync(path, { recursive: true });
  mkdirSync(path);
}

function overwriteTables(path: string): void {
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) writeFileSync(join(entry.parentPath, entry.name), 'x'.repeat(8192));
  }
}
