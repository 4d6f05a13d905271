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
  // SHA-256 of the text "foo".
  const hash = '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae';

  it('O2 yes, when nothing was installed', () => {
    write('package-lock.json', 'foo');
    expect(isInstallStale(root)).toBe(true);
  });

  it('O2 no, when they were installed from this lock file', () => {
    write('package-lock.json', 'foo');
    write('node_modules/.burnrate-install', hash);
    expect(isInstallStale(root)).toBe(false);
  });

  it('O2 yes, when the lock file has changed since', () => {
    write('package-lock.json', 'bar');
    write('node_modules/.burnrate-install', hash);
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
