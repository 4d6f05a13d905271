import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from './lock.js';

describe('the lock of installation and build', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'));
    path = join(folder, 'dist', '.lock');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const never = () => {
    throw new Error('nobody holds the lock');
  };

  it('O4 is held during the work, and gone after it', async () => {
    const holder = await withLock(path, async () => readFileSync(path, 'utf8'), never);
    expect(holder).toBe(String(process.pid));
    expect(existsSync(path)).toBe(false);
  });

  it('O4 is gone after work that failed', async () => {
    const failing = withLock(path, () => Promise.reject(new Error('broken')), never);
    await expect(failing).rejects.toThrow('broken');
    expect(existsSync(path)).toBe(false);
  });

  it('O4 lets the second wait for the first, and says so once', async () => {
    const log: string[] = [];
    let endFirst = () => {};
    const firstMayEnd = new Promise<void>((resolve) => {
      endFirst = resolve;
    });
    const first = withLock(
      path,
      async () => {
        log.push('first begins');
        await firstMayEnd;
        log.push('first ends');
      },
      never,
    );
    const second = withLock(
      path,
      async () => void log.push('second works'),
      (holder) => {
        log.push(`second waits for ${holder}`);
        endFirst();
      },
    );
    await Promise.all([first, second]);
    expect(log).toEqual([
      'first begins',
      `second waits for ${process.pid}`,
      'first ends',
      'second works',
    ]);
  });

  it('O4 takes over the lock of a process that is gone', async () => {
    mkdirSync(dirname(path));
    writeFileSync(path, String(spawnSync(process.execPath, ['--version']).pid));
    const holder = await withLock(path, async () => readFileSync(path, 'utf8'), never);
    expect(holder).toBe(String(process.pid));
  });
});
