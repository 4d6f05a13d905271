import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../write-atomically.ts';
import { NOW_MS } from './incidents.ts';

const rememberedSchema = z.object({ startedAtMs: z.int().nonnegative() });

/**
 * The start of a server that the runaway customer asked for comes after. A restart while that goes on continues the same
 * history; one after it begins another.
 * @param nowMs the server's clock, epoch ms
 * @throws what the file system throws
 */
export async function runawayStart(dataDir: string, nowMs: number): Promise<number> {
  const path = join(dataDir, 'fleet-runaway.json');
  const remembered = await rememberedIn(path);
  if (remembered !== null && remembered <= nowMs && nowMs < remembered + NOW_MS) return remembered;
  await mkdir(dataDir, { recursive: true });
  await writeAtomically(path, `${JSON.stringify({ startedAtMs: nowMs })}\n`);
  return nowMs;
}

/** Null: nothing that can be read; it is only for a demonstration, and another begins. */
async function rememberedIn(path: string): Promise<number | null> {
  const text = await readFile(path, 'utf8').catch(() => 'null');
  try {
    return rememberedSchema.parse(JSON.parse(text)).startedAtMs;
  } catch {
    return null;
  }
}
