import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBuildStale, isInstallStale } from './prepare.js';
import { hashOfSources } from './source-hash.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'prepare-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, content: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

describe('whether packages must be installed', () => {
  const packages = {
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0' },
    'node_modules/b-for-windows': { version: '2.0.0', optional: true },
  };
  const { 'node_modules/b-for-windows': forOthers, ...here } = packages;

  function writeLock(path: string, content: object) {
    write(path, JSON.stringify({ packages: content }));
  }
  beforeEach(() => {
    writeLock('package-lock.json', { '': { name: 'burnrate' }, ...packages });
  });

  it('O2 yes, when nothing was installed', () => {
    expect(isInstallStale(root)).toBe(true);
  });

  it.each([
    ['everything', packages],
    ['everything but what is for other platforms', here],
  ])('O2 no, when %s was installed', (_name, installed) => {
    writeLock('node_modules/.package-lock.json', installed);
    expect(isInstallStale(root)).toBe(false);
  });

  it.each([
    ['missing', { 'node_modules/a': here['node_modules/a'] }],
    ['of another version', { ...here, 'node_modules/a': { version: '1.0.1' } }],
    [
      'optional and of another version',
      { ...packages, 'node_modules/b-for-windows': { ...forOthers, version: '1.9.0' } },
    ],
    ['no longer wanted', { ...here, 'node_modules/c': { version: '1.0.0' } }],
  ])('O2 yes, when a package is %s', (_name, installed) => {
    writeLock('node_modules/.package-lock.json', installed);
    expect(isInstallStale(root)).toBe(true);
  });
});

describe('whether a build is needed', () => {
  const inputs = ['app', 'package.json'];
  beforeEach(() => {
    write('app/ui/main.ts', 'one');
    write('app/worker/main.ts', 'two');
    write('package.json', '{}');
  });

  function build() {
    const hash = hashOfSources(root, inputs);
    write('dist/app/.build-stamp', hash);
    write('dist/server/.build-stamp', hash);
  }
  const isNeeded = () => isBuildStale(root, hashOfSources(root, inputs));

  it('O3 yes before the first build, no after it', () => {
    expect(isNeeded()).toBe(true);
    build();
    expect(isNeeded()).toBe(false);
  });

  it('O3 no when a file is written again with the same content', () => {
    build();
    write('app/ui/main.ts', 'one');
    expect(isNeeded()).toBe(false);
  });

  it.each(['app/ui/main.ts', 'app/ui/new.ts', 'package.json'])(
    'O3 yes after %s changes',
    (path) => {
      build();
      write(path, 'changed');
      expect(isNeeded()).toBe(true);
    },
  );

  it('O3 yes after a file is moved or removed, or text moves from one to the next', () => {
    build();
    rmSync(join(root, 'app/worker/main.ts'));
    expect(isNeeded()).toBe(true);
    write('app/worker/other.ts', 'two');
    expect(isNeeded()).toBe(true);
  });

  it.each(['app', 'server'])(
    'O3 yes when %s was built by hand, which removes its stamp',
    (part) => {
      build();
      rmSync(join(root, 'dist', part, '.build-stamp'));
      expect(isNeeded()).toBe(true);
    },
  );

  it('O3 tests and what only they read do not count', () => {
    build();
    write('app/ui/main.test.ts', 'a test');
    write('app/testing/clock.ts', 'for tests');
    expect(isNeeded()).toBe(false);
  });
});
