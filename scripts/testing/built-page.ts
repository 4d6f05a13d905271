import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIVE_PAGE } from '../page-size.js';

/** Bytes that no compression makes smaller: each part of the page is made of as many. */
export const PART_BYTES = 1_000;

/** Writes what a build leaves of the live page: each part in a file of its own, and one that they share. */
export function writeBuiltPage(folder: string, partBytes = PART_BYTES): void {
  const parts = LIVE_PAGE.map((name, n) => [name, { file: `${n}.js`, imports: ['_shared'] }]);
  const shared = { file: 'shared.js', imports: ['index.html'] };
  const unused = { file: 'unused.js' };
  const manifest = { ...Object.fromEntries(parts), _shared: shared, 'ui/unused.tsx': unused };
  mkdirSync(join(folder, '.vite'), { recursive: true });
  writeFileSync(join(folder, '.vite', 'manifest.json'), JSON.stringify(manifest));
  const files = [...LIVE_PAGE.map((_, n) => `${n}.js`), 'shared.js', 'unused.js', 'theme.js'];
  for (const file of files) writeFileSync(join(folder, file), noise(partBytes));
}

/** xorshift: the same each time. */
function noise(length: number): Uint8Array {
  let state = 2_463_534_242;
  return Uint8Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  });
}
