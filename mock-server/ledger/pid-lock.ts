import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as after } from 'node:timers/promises';
import { z } from 'zod';

/** Longer than anybody takes to put back what was not his to take. */
const SETTLE_MS = 50;

const holderSchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
  /** Tells a process from a later one with its number; null: the system does not say. */
  started: z.string().nullable(),
});

type Holder = z.infer<typeof holderSchema>;

export type LockTaken =
  | { ok: true; /** May be called twice. */ release: () => Promise<void> }
  /** One line that says who has it. */
  | { ok: false; reason: string };

let locksTaken = 0;

/**
 * Takes a lock that is a file: it names the process that holds it. A holder that lives, or that cannot be asked since
 * it ran on another machine, keeps it; that of a dead one is taken over.
 */
export async function takeLock(path: string): Promise<LockTaken> {
  const mine = `${path}.${process.pid}-${++locksTaken}`;
  const text = JSON.stringify({ ...(await thisProcess()), key: randomUUID() });
  await writeDurably(mine, text);
  try {
    if (!(await linked(mine, path))) {
      const found = await textOf(path);
      const reason = found === null ? null : await whyHeld(found, path);
      if (reason !== null) return { ok: false, reason };
      if (found !== null) await removeIf(found, path, `${mine}-stale`);
      if (!(await linked(mine, path))) return { ok: false, reason: await whoHas(path) };
    }
    // Another that found a dead holder may have moved ours away before it saw whose it is, and put it back.
    await after(SETTLE_MS);
    if ((await textOf(path)) !== text) return { ok: false, reason: await whoHas(path) };
    return taken(path, text);
  } finally {
    await rm(mine, { force: true });
  }
}

function taken(path: string, text: string): LockTaken {
  let released: Promise<void> | null = null;
  const release = async () => {
    if ((await textOf(path)) === text) await rm(path, { force: true });
  };
  return { ok: true, release: () => (released ??= release()) };
}

/** Null: whoever held it is dead. */
async function whyHeld(text: string, path: string): Promise<string | null> {
  const holder = holderOf(text);
  if (!holder) return `${path} is damaged: delete it if no other Burnrate uses this folder`;
  if (holder.host !== hostname()) {
    return `${path} is held by process ${holder.pid} of ${holder.host}: delete it if that has ended`;
  }
  if (!isAlive(holder.pid)) return null;
  const started = await startOf(holder.pid);
  const isAnother = holder.started !== null && started !== null && started !== holder.started;
  return isAnother ? null : `${path} is held by process ${holder.pid}`;
}

async function whoHas(path: string): Promise<string> {
  const holder = holderOf((await textOf(path)) ?? '');
  return `${path} is held by ${holder ? `process ${holder.pid}` : 'another process'}`;
}

/** Removes a lock that still says what was found; what another has put there meanwhile goes back. */
async function removeIf(found: string, path: string, aside: string): Promise<void> {
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await textOf(aside)) !== found) await linked(aside, path);
  await rm(aside, { force: true });
}

/** A file appears under a second name with all that is in it; false: the name is taken. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Null: there is no such file. */
async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}

function holderOf(text: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

async function thisProcess(): Promise<Holder> {
  return { pid: process.pid, host: hostname(), started: await startOf(process.pid) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It may belong to somebody else, who may not be signalled.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** When a process started, as Linux tells it: the boot, and ticks since then (field 22 of proc(5) stat). */
async function startOf(pid: number): Promise<string | null> {
  const stat = await textOf(`/proc/${pid}/stat`);
  const boot = await textOf('/proc/sys/kernel/random/boot_id');
  // The name of the program, field 2, may have spaces; it ends with the last parenthesis.
  const ticks = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return ticks && boot ? `${boot.trim()}:${ticks}` : null;
}
