import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { takeLock } from './pid-lock.ts';

/** Another process, which does nothing. */
function aProcess(): ChildProcess {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function aDeadPid(): Promise<number> {
  const child = aProcess();
  child.kill('SIGKILL');
  await once(child, 'exit');
  return child.pid ?? 0;
}

/** A lock that this process has written, with other contents. */
async function aLock(fields: object): Promise<string> {
  const path = join(temporaryFolder(), 'ledger.lock');
  await takeLock(path);
  const own: object = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...own, ...fields }));
  return path;
}

describe('a lock by process', () => {
  it('K17 is held until it is released, and leaves nothing else behind', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'ledger.lock');
    const first = await takeLock(path);
    const reason = `${path} is held by process ${process.pid}`;
    expect(await takeLock(path)).toEqual({ ok: false, reason });
    expect(readdirSync(folder)).toEqual(['ledger.lock']);
    if (first.ok) await first.release();
    expect(readdirSync(folder)).toEqual([]);
    const second = await takeLock(path);
    expect(second.ok).toBe(true);
    // Once more, by who has it no longer.
    if (first.ok) await first.release();
    expect(existsSync(path)).toBe(true);
  });

  it('K17 is never taken from a process that lives', async () => {
    const { pid } = aProcess();
    const path = await aLock({ pid, started: null });
    const before = readFileSync(path, 'utf8');
    const reason = `${path} is held by process ${pid}`;
    expect(await takeLock(path)).toEqual({ ok: false, reason });
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('K17 is not taken from another machine, nor when it cannot be read', async () => {
    const elsewhere = await aLock({ pid: await aDeadPid(), host: 'elsewhere' });
    const far = await takeLock(elsewhere);
    expect(!far.ok && far.reason).toMatch(/of elsewhere: delete it if that has ended$/);
    const damaged = await aLock({ pid: 'one' });
    const unclear = await takeLock(damaged);
    expect(!unclear.ok && unclear.reason).toMatch(/ is damaged: delete it /);
  });

  it('K18 is taken over from a dead process', async () => {
    const path = await aLock({ pid: await aDeadPid() });
    const lock = await takeLock(path);
    expect(lock.ok).toBe(true);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
  });

  it('K18 is taken over when another process has the number of the dead one', async () => {
    const path = await aLock({ pid: aProcess().pid, started: 'an-earlier-boot:1' });
    // Where the system does not say when a process started, a number that lives counts as the holder.
    const isKnown = existsSync('/proc/self/stat');
    expect((await takeLock(path)).ok).toBe(isKnown);
  });

  it('K18 is taken over by one of many that find the dead one at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      const path = await aLock({ pid: await aDeadPid() });
      const locks = await Promise.all(Array.from({ length: 8 }, () => takeLock(path)));
      expect(locks.filter((lock) => lock.ok)).toHaveLength(1);
      expect(readdirSync(join(path, '..'))).toEqual(['ledger.lock']);
    }
  });
});
