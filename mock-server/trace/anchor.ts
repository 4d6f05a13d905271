import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { FINEST_MS, floorTo } from '#core/time/resolution.ts';
import { writeAtomically } from '../write-atomically.ts';

/** What a first start is remembered for. */
export interface AnchorKey {
  readonly sha256: string;
  readonly speed: number;
  readonly isLooped: boolean;
}

const anchorSchema = z.object({
  sha256: z.string(),
  speed: z.number(),
  isLooped: z.boolean(),
  anchorMs: z.int().multipleOf(FINEST_MS),
});

export type AnchorRead = { ok: true; anchorMs: number } | { ok: false; reason: string };

/**
 * When the trace was first started with these options, floored to 5 s: the remembered instant, so that a restart
 * continues the same history, or `nowMs` (epoch ms), which is remembered in `dataDir` from then on.
 * @returns the anchor, or one line that says what is wrong with the file or the folder.
 */
export async function anchorOf(
  key: AnchorKey,
  dataDir: string,
  nowMs: number,
): Promise<AnchorRead> {
  const path = join(dataDir, fileNameOf(key));
  try {
    const text = await textOf(path);
    if (text !== null) return parseAnchor(text, key, path);
    const anchorMs = floorTo(nowMs, FINEST_MS);
    await mkdir(dataDir, { recursive: true });
    await writeAtomically(path, `${JSON.stringify({ ...key, anchorMs })}\n`);
    return { ok: true, anchorMs };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `The start of the trace cannot be kept in DATA_DIR: ${why}.` };
  }
}

function fileNameOf({ sha256, speed, isLooped }: AnchorKey): string {
  return `trace-${sha256.slice(0, 16)}-x${speed}-${isLooped ? 'looped' : 'once'}.json`;
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function parseAnchor(text: string, key: AnchorKey, path: string): AnchorRead {
  const read = anchorSchema.safeParse(jsonOf(text));
  const isOurs =
    read.success &&
    read.data.sha256 === key.sha256 &&
    read.data.speed === key.speed &&
    read.data.isLooped === key.isLooped;
  if (isOurs) return { ok: true, anchorMs: read.data.anchorMs };
  const reason = `${path} is damaged: restore it, or delete it to begin a new history.`;
  return { ok: false, reason };
}

/** Undefined for what is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
