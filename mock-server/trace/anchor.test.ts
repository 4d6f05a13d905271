import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { anchorOf } from './anchor.ts';

const KEY = { sha256: 'ab'.repeat(32), speed: 1, isLooped: true };
const NOW_MS = 1_700_000_003_210;
const ANCHOR_MS = 1_700_000_000_000;

/** The one file in a folder. */
function onlyFile(folder: string): string {
  const [name, ...others] = readdirSync(folder);
  if (name === undefined || others.length > 0) throw new Error('expected one file');
  return join(folder, name);
}

describe('anchor', () => {
  it('T6 is the first start, floored to 5 s, at every later start too', async () => {
    const folder = join(temporaryFolder(), 'made', 'on', 'demand');
    const expected = { ok: true, anchorMs: ANCHOR_MS };
    expect(await anchorOf(KEY, folder, NOW_MS)).toEqual(expected);
    expect(await anchorOf(KEY, folder, NOW_MS + 86_400_000)).toEqual(expected);
    expect(await anchorOf(KEY, folder, NOW_MS - 86_400_000)).toEqual(expected);
  });

  it('T6 is another one for another file, speed or loop', async () => {
    const folder = temporaryFolder();
    await anchorOf(KEY, folder, NOW_MS);
    const laterMs = NOW_MS + 60_000;
    const expected = { ok: true, anchorMs: ANCHOR_MS + 60_000 };
    expect(await anchorOf({ ...KEY, sha256: 'cd'.repeat(32) }, folder, laterMs)).toEqual(expected);
    expect(await anchorOf({ ...KEY, speed: 0.5 }, folder, laterMs)).toEqual(expected);
    expect(await anchorOf({ ...KEY, isLooped: false }, folder, laterMs)).toEqual(expected);
  });

  it('T6 leaves nothing behind but the finished file', async () => {
    const folder = temporaryFolder();
    await anchorOf(KEY, folder, NOW_MS);
    expect(JSON.parse(readFileSync(onlyFile(folder), 'utf8'))).toEqual({
      ...KEY,
      anchorMs: ANCHOR_MS,
    });
  });

  it.each(['', '{"sha256":"ab', '{}', '[]', '{"anchorMs":1700000000001}'])(
    'T6 says that a file with %j is damaged, and leaves it as it is',
    async (text) => {
      const folder = temporaryFolder();
      await anchorOf(KEY, folder, NOW_MS);
      const path = onlyFile(folder);
      writeFileSync(path, text);
      expect(await anchorOf(KEY, folder, NOW_MS)).toEqual({
        ok: false,
        reason: `${path} is damaged: restore it, or delete it to begin a new history.`,
      });
      expect(readFileSync(path, 'utf8')).toBe(text);
    },
  );

  it.each([{ sha256: 'cd'.repeat(32) }, { speed: 2 }, { isLooped: false }])(
    'T6 does not take the start of another trace, %j, for its own',
    async (other) => {
      const folder = temporaryFolder();
      await anchorOf(KEY, folder, NOW_MS);
      const anchor = { ...KEY, ...other, anchorMs: ANCHOR_MS };
      writeFileSync(onlyFile(folder), JSON.stringify(anchor));
      expect(await anchorOf(KEY, folder, NOW_MS)).toMatchObject({ ok: false });
    },
  );

  it('T6 says that a folder cannot be written', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const read = await anchorOf(KEY, file, NOW_MS);
    expect(read).toMatchObject({ ok: false });
    expect(read.ok ? '' : read.reason).toMatch(
      /^The start of the trace cannot be kept in DATA_DIR: /,
    );
  });
});
