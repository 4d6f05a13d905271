import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LIVE_PAGE, liveFiles, livePageBytes, sizeReport } from './page-size.js';
import { PART_BYTES, writeBuiltPage } from './testing/built-page.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'page-size-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the size of the live page', () => {
  it('O35 is that of its parts and of what these import, each once, and of nothing else', () => {
    writeBuiltPage(folder);
    // The parts, what they share, and the theme.
    const files = LIVE_PAGE.length + 2;
    const bytes = livePageBytes(folder);
    expect(bytes).toBeGreaterThanOrEqual(files * PART_BYTES);
    expect(bytes).toBeLessThan((files + 0.5) * PART_BYTES);
  });

  it('O35 is not told of a build that lacks a part', () => {
    expect(() => liveFiles({ 'index.html': { file: 'a.js' } })).toThrow('the build has no ui/');
  });

  it('O35 is told beside its budget', () => {
    expect(sizeReport(253_640)).toBe(
      'The live page loads 253.6 kB of compressed script, of 260.0 kB: 6.4 kB are left.',
    );
    expect(sizeReport(261_000)).toContain('1.0 kB too much');
  });
});
