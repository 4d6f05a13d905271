import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importedPackages } from './server-packages.js';

const SCRIPT = fileURLToPath(new URL('server-packages.js', import.meta.url));

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'server-packages-'));
  mkdirSync(join(root, 'dist/server'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

function run(script: string): string {
  const dependencies = { express: '5.3.0', pg: '8.23.1', react: '19.3.1' };
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'burnrate', dependencies }));
  writeFileSync(join(root, 'dist/server/main.js'), script);
  execFileSync(process.execPath, [SCRIPT], { cwd: root, stdio: 'pipe' });
  return readFileSync(join(root, 'package.json'), 'utf8');
}

describe('the packages of the server’s image', () => {
  it('O62 are those that the server imports, in whole or in part, at once or later', () => {
    const script = `
      import { a } from "express";import"node:fs";
      import "pino/file"; import('pg'); const b = 'from zod'; import c from './react.js';`;
    const all = { express: '1', pino: '1', pg: '1', zod: '1', react: '1', 'pg-native': '1' };
    expect(importedPackages(script, all)).toEqual(['express', 'pino', 'pg']);
  });

  it('O62 alone stay in the manifest, with their versions', () => {
    expect(JSON.parse(run('import x from "pg";'))).toEqual({
      name: 'burnrate',
      dependencies: { pg: '8.23.1' },
    });
  });

  it('O62 are those of the parts that its threads share, too', () => {
    mkdirSync(join(root, 'dist/server/assets'));
    writeFileSync(join(root, 'dist/server/assets/shared-1a2b.js'), 'import { c } from "express";');
    expect(JSON.parse(run('import x from "pg";'))).toMatchObject({
      dependencies: { express: '5.3.0', pg: '8.23.1' },
    });
  });

  it('O62 are not told of a server that is not built as expected', () => {
    expect(() => run('var nothing;')).toThrow('imports nothing');
  });
});
