import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { nodeVersionProblem } from './node-version.js';

describe('the version of Node', () => {
  it.each([
    ['v18.3.0', 'Burnrate needs Node 20.19 or newer; this is v18.3.0.'],
    ['v20.18.3', 'Burnrate needs Node 20.19 or newer; this is v20.18.3.'],
    ['v8.17.0', 'Burnrate needs Node 20.19 or newer; this is v8.17.0.'],
    ['v20.19.0', null],
    ['v20.20.2', null],
    ['v22.1.0', null],
    ['v100.0.0-nightly', null],
  ])('O1 %s against >=20.19: %s', (version, problem) => {
    expect(nodeVersionProblem(version, '>=20.19')).toBe(problem);
  });

  it('O1 a range without a minor version allows any', () => {
    expect(nodeVersionProblem('v20.0.0', '>=20')).toBe(null);
  });

  it.each(['start.js', 'test.js', 'dev.js'])(
    'O1 %s stops with one line on an old Node',
    (script) => {
      const pretend = 'Object.defineProperty(process, "version", { value: "v18.3.0" })';
      const path = fileURLToPath(new URL(script, import.meta.url));
      const run = spawnSync(
        process.execPath,
        ['--import', `data:text/javascript,${pretend}`, path],
        {
          encoding: 'utf8',
        },
      );
      expect(run.stderr).toBe('Burnrate needs Node 20.19 or newer; this is v18.3.0.\n');
      expect(run.stdout).toBe('');
      expect(run.status).toBe(1);
    },
  );
});
