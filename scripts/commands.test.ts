import { type SpawnOptionsWithoutStdio, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeBuiltPage } from './testing/built-page.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Stands in for npm: writes down what it was asked, and leaves what the real one would leave. */
const NPM = `#!/bin/sh
echo "$*" >> npm.log
case "$*" in *"$FAILING"*) echo "$* is broken"; exit 1 ;; esac
mkdir -p "$REPORT_DIR"
case "$*" in
  ci*) mkdir node_modules && ln -s "${ROOT}node_modules/@playwright" node_modules/@playwright
    cp package-lock.json node_modules/.package-lock.json ;;
  *build:app) mkdir -p dist/app && cp -r built/. dist/app ;;
  *build:server) mkdir -p dist/server && cp server.js dist/server/main.js ;;
  *" build") node scripts/build.js ;;
  *" test") node scripts/test.js ;;
  *unit) echo '{"testResults":[{"name":"a","status":"passed","assertionResults":[{"status":"passed"}]}]}' > "$REPORT_DIR/vitest.json" ;;
  *e2e) echo '{"errors":[],"suites":[{"specs":[{"tests":[{"status":"expected"}]}]}]}' > "$REPORT_DIR/playwright.json" ;;
esac
`;

/** Stands in for the built server: says that it is up, and ends with 7 when told to. */
const SERVER = `
process.on('SIGTERM', () => process.exit(7));
setInterval(() => {}, 1000);
console.log('up, in ' + process.env.NODE_ENV);
`;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'commands-'));
  cpSync(join(ROOT, 'scripts'), join(root, 'scripts'), { recursive: true });
  cpSync(join(ROOT, '.ci'), join(root, '.ci'), { recursive: true });
  for (const folder of ['app', 'core', 'mock-server', 'sw', 'bin']) mkdirSync(join(root, folder));
  cpSync(join(ROOT, 'package.json'), join(root, 'package.json'));
  writeFileSync(
    join(root, 'package-lock.json'),
    '{"packages":{"node_modules/a":{"version":"1.0.0"}}}',
  );
  writeFileSync(join(root, 'vite.config.ts'), '');
  writeFileSync(join(root, 'server.js'), SERVER);
  writeBuiltPage(join(root, 'built'));
  writeFileSync(join(root, 'bin', 'npm'), NPM);
  chmodSync(join(root, 'bin', 'npm'), 0o755);
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** Starts a program in the copy; `FAILING` names the npm command that fails. */
function run(program: string, args: string[], settings: Record<string, string> = {}) {
  const options: SpawnOptionsWithoutStdio = {
    cwd: root,
    env: {
      PATH: [join(root, 'bin'), process.env['PATH']].join(delimiter),
      CHROMIUM_PATH: process.execPath,
      FAILING: 'nothing',
      REPORT_DIR: root,
      ...settings,
    },
  };
  const child = spawn(program, args, options);
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (output.out += chunk));
  child.stderr.on('data', (chunk) => (output.err += chunk));
  return { child, output, ended: once(child, 'close') };
}

/** What npm was asked to do, in order, without its options. */
function npmLog() {
  const lines = readFileSync(join(root, 'npm.log'), 'utf8').trim().split('\n');
  return lines.map((line) => line.replaceAll(/ ?--\S+/g, '').replace('run ', ''));
}

/** Runs a program in the copy to its end. */
async function outcomeOf(program: string, args: string[], settings: Record<string, string> = {}) {
  const { output, ended } = run(program, args, settings);
  const [code] = await ended;
  return { code, ...output, lastLine: output.out.trimEnd().split('\n').at(-1) };
}

describe('npm start', { timeout: 30_000 }, () => {
  async function startAndStop() {
    const { child, output, ended } = run(process.execPath, ['scripts/start.js']);
    while (!output.out.includes('up')) await Promise.race([once(child.stdout, 'data'), ended]);
    child.kill('SIGTERM');
    const [code] = await ended;
    return { code, lines: output.out.trim().split('\n') };
  }

  it('O13 installs and builds once, and is the server itself, signals and exit code included', async () => {
    const first = await startAndStop();
    expect(first).toMatchObject({ code: 7 });
    expect(first.lines.at(-1)).toBe('up, in production');
    expect(npmLog()).toEqual(['ci', 'build:app', 'build:server']);
    const second = await startAndStop();
    expect(second.lines).toEqual(['up, in production']);
    expect(npmLog()).toHaveLength(3);
  });

  it.each(['ci', 'build:server'])('O2 O3 stops when %s fails, and shows why', async (step) => {
    const { code, err } = await outcomeOf(process.execPath, ['scripts/start.js'], {
      FAILING: step,
    });
    expect(code).toBe(1);
    expect(err).toContain(`${step}`);
    expect(err).toContain('is broken');
  });

  it('O35 the build says what the live page weighs, newly built or not', async () => {
    const weight = /^The live page loads [\d.]+ kB of compressed script, of 260\.0 kB/m;
    const first = await outcomeOf(process.execPath, ['scripts/build.js']);
    expect(first.out).toMatch(weight);
    const second = await outcomeOf(process.execPath, ['scripts/build.js']);
    expect(second.out).toMatch(weight);
    expect(npmLog()).toEqual(['build:app', 'build:server']);
  });

  it('O4 two started at once install and build once', async () => {
    const both = [
      run(process.execPath, ['scripts/start.js']),
      run(process.execPath, ['scripts/start.js']),
    ];
    for (const { child, output, ended } of both) {
      while (!output.out.includes('up')) await Promise.race([once(child.stdout, 'data'), ended]);
      child.kill('SIGTERM');
      await ended;
    }
    expect(npmLog()).toEqual(['ci', 'build:app', 'build:server']);
  });
});

describe('npm test', { timeout: 30_000 }, () => {
  const test = (settings = {}, ...steps: string[]) =>
    outcomeOf(process.execPath, ['scripts/test.js', ...steps], settings);

  it('O5 runs every step in order and ends with the count of the reports', async () => {
    const { code, lastLine } = await test();
    expect(lastLine).toBe('2 passed, 0 failed');
    expect(code).toBe(0);
    expect(npmLog()).toEqual([
      'ci',
      'lint',
      'format:check',
      'typecheck',
      'unused',
      'build',
      'build:app',
      'build:server',
      'unit',
      'e2e',
    ]);
  });

  it('O5 goes on after a failed check, shows what it said, and counts it as one', async () => {
    const { code, out, lastLine } = await test({ FAILING: 'lint' });
    expect(out).toContain('lint is broken');
    expect(lastLine).toBe('2 passed, 1 failed');
    expect(code).toBe(1);
  });

  it('O5 counts a runner that died before its report, and never an old report', async () => {
    await test();
    const { code, lastLine } = await test({ FAILING: 'unit' });
    expect(lastLine).toBe('1 passed, 1 failed');
    expect(code).toBe(1);
  });

  it('O5 counts the browser tests as failed when there is no build', async () => {
    const { lastLine } = await test({ FAILING: 'build:app' });
    expect(lastLine).toBe('1 passed, 2 failed');
    expect(npmLog()).not.toContain('e2e');
  });

  it('O5 counts one failure when the packages cannot be installed', async () => {
    const { code, lastLine } = await test({ FAILING: 'ci' });
    expect(lastLine).toBe('0 passed, 1 failed');
    expect(code).toBe(1);
  });

  it('O7 fails with one line when there is no Chromium', async () => {
    const { code, out, lastLine } = await test({ CHROMIUM_PATH: '/nowhere' });
    expect(out).toContain('CHROMIUM_PATH is /nowhere, which is not an executable file.');
    expect(lastLine).toBe('1 passed, 1 failed');
    expect(code).toBe(1);
  });

  it('O5 runs only the steps that are asked for, and refuses unknown ones', async () => {
    await test({}, 'lint', 'unit');
    expect(npmLog()).toEqual(['ci', 'lint', 'unit']);
    const { code, err } = await test({}, 'lnt');
    expect(code).toBe(1);
    expect(err).toBe(
      'No step lnt: there are lint, format:check, typecheck, unused, build, unit, e2e.\n',
    );
  });
});

describe('.ci/run', { timeout: 30_000 }, () => {
  const ci = (settings = {}) =>
    outcomeOf('bash', ['-c', 'cd / && exec "$0"', join(root, '.ci', 'run')], {
      NGINX_PATH: '/an/nginx',
      ...settings,
    });

  it('O12 runs the tests from any folder and passes on their last line and exit code', async () => {
    expect(await ci()).toMatchObject({ code: 0, lastLine: '2 passed, 0 failed' });
    expect(await ci({ FAILING: 'lint' })).toMatchObject({
      code: 1,
      lastLine: '2 passed, 1 failed',
    });
  });

  /** A PATH without any browser, for a superuser whose apt-get does this. */
  function aMachineWithoutBrowser(aptGet: string) {
    const folder = join(root, 'machine');
    mkdirSync(folder);
    for (const tool of ['bash', 'env', 'sh', 'dirname', 'mkdir', 'cp', 'ln', 'chmod', 'node']) {
      execFileSync('sh', ['-c', `ln -s "$(command -v ${tool})" "${folder}"`]);
    }
    cpSync(join(root, 'bin', 'npm'), join(folder, 'npm'));
    for (const [name, body] of [
      ['id', 'echo 0'],
      ['apt-get', `echo "$*" >> apt.log; ${aptGet}`],
    ] as const) {
      writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    }
    return { PATH: folder, CHROMIUM_PATH: '', PLAYWRIGHT_BROWSERS_PATH: folder };
  }

  it('O12 installs a Chromium from the packages of the system when there is none', async () => {
    const browser = 'cp machine/id machine/chromium';
    const machine = aMachineWithoutBrowser(browser);
    expect(await ci(machine)).toMatchObject({ code: 0, lastLine: '2 passed, 0 failed' });
    expect(readFileSync(join(root, 'apt.log'), 'utf8')).toBe(
      'update\ninstall -y --no-install-recommends chromium\n',
    );
  });

  it('O12 installs an nginx from the packages of the system when there is none, and does without if it cannot', async () => {
    const machine = aMachineWithoutBrowser('case "$*" in *nginx-light) exit 100 ;; esac');
    const settings = { ...machine, CHROMIUM_PATH: process.execPath, NGINX_PATH: '' };
    const { out, lastLine } = await ci(settings);
    expect(readFileSync(join(root, 'apt.log'), 'utf8')).toBe(
      'update\ninstall -y --no-install-recommends nginx-light\n',
    );
    expect(out).toContain('nginx could not be installed.');
    expect(lastLine).toBe('2 passed, 0 failed');
  });

  it('O12 runs all other tests, and fails, when no Chromium can be installed', async () => {
    const { code, out, lastLine } = await ci(aMachineWithoutBrowser('exit 100'));
    expect(out).toContain('No Chromium found: install');
    expect(lastLine).toBe('1 passed, 1 failed');
    expect(code).toBe(1);
  });
});
