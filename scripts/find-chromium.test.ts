import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from './find-chromium.js';

describe('finding a Chromium', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chromium-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Puts an executable file into a new or existing folder. */
  function aProgram(...path: [string, string]) {
    const full = join(folder, ...path);
    mkdirSync(join(folder, path[0]), { recursive: true });
    writeFileSync(full, '');
    chmodSync(full, 0o755);
    return full;
  }
  const nowhere = '/nowhere/chrome';

  it('O7 takes CHROMIUM_PATH before all others', () => {
    const named = aProgram('mine', 'my-browser');
    aProgram('bin', 'chromium');
    const env = { CHROMIUM_PATH: named, PATH: join(folder, 'bin') };
    expect(findChromium(env, nowhere)).toBe(named);
  });

  it("O7 takes the system's before Playwright's own, the first folder of PATH first", () => {
    const first = aProgram('bin', 'google-chrome');
    aProgram('later', 'chromium');
    const own = aProgram('playwright', 'chrome');
    const env = { PATH: ['', join(folder, 'bin'), join(folder, 'later')].join(delimiter) };
    expect(findChromium(env, own)).toBe(first);
  });

  it("O7 takes Playwright's own when the system has none", () => {
    const own = aProgram('playwright', 'chrome');
    expect(findChromium({ PATH: folder }, own)).toBe(own);
    expect(findChromium({}, own)).toBe(own);
  });

  it('O7 passes over folders and files that cannot be run', () => {
    mkdirSync(join(folder, 'bin', 'chromium'), { recursive: true });
    chmodSync(aProgram('bin', 'chromium-browser'), 0o644);
    const own = aProgram('playwright', 'chrome');
    expect(findChromium({ PATH: join(folder, 'bin') }, own)).toBe(own);
  });

  it('O7 says in one line how to get one when there is none', () => {
    expect(() => findChromium({ PATH: folder }, nowhere)).toThrow(
      /^No Chromium found: install .*CHROMIUM_PATH\.$/,
    );
  });

  it('O7 a CHROMIUM_PATH that is wrong is not passed over', () => {
    const own = aProgram('playwright', 'chrome');
    expect(() => findChromium({ CHROMIUM_PATH: nowhere }, own)).toThrow(
      /^CHROMIUM_PATH is \/nowhere/,
    );
  });
});
