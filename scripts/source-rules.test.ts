import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { projectFiles } from './project-files.js';
import { sourceProblems } from './source-rules.js';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the rules that the linter does not know', () => {
  it.each([
    ['a cast', 'core/a.ts', 'const a = b as string;'],
    ['a cast whose reason is elsewhere', 'core/a.ts', '// why\nconst a = b as string;'],
    ['a cast in angle brackets', 'core/a.ts', 'const a = <string>b; // why'],
    ['a suppression', 'core/a.ts', '// oxlint-disable-next-line no-console\nf();'],
    ['an expected type error', 'core/a.ts', '// @ts-expect-error\nf();'],
    ['a barrel', 'core/a.ts', "export * from './b.ts';\nexport { c } from './c.ts';"],
    ['a vague file', 'core/time/date-utils.ts', 'f();'],
    ['a vague folder', 'app/ui/helpers/clock.ts', 'f();'],
    ['a long file', 'app/ui/page.css', 'a {}\n'.repeat(301)],
    ['the clock in core', 'core/a.ts', 'const now = new Date();'],
    ['the clock in the worker', 'app/worker/a.ts', 'const now = new Date();'],
    ['a skipped test', 'core/a.test.ts', "it.skip('a', f);"],
    ['a lone test', 'e2e/a.spec.ts', "test.describe('a', () => test.only('b', f));"],
  ])('O8 find %s', (_name, path, text) => {
    expect(sourceProblems(path, text)).toHaveLength(1);
  });

  it.each([
    ['a cast with its reason', 'core/a.ts', 'const a = b as string; // why'],
    ['a cast over two lines', 'core/a.ts', 'const a = b as {\n  c: string;\n}; // why'],
    ['a constant', 'core/a.ts', 'const a = [1] as const;'],
    ['an import under another name', 'core/a.ts', "import { a as b } from './c.ts';\nb();"],
    ['the word in texts and comments', 'core/a.ts', "// as it is\nf('known as x');"],
    ['a suppression with its reason', 'core/a.ts', '// oxlint-disable-next-line x -- why\nf();'],
    [
      'a file with something of its own',
      'core/a.ts',
      "export * from './b.ts';\nexport const c = 1;",
    ],
    ['a known instant', 'core/a.ts', 'const a = new Date(atMs);'],
    ['the clock behind the door', 'app/worker/environment.ts', 'const now = new Date();'],
    ['a cast in a test', 'core/a.test.ts', 'const a = b as string;'],
    ['300 lines', 'app/ui/page.css', 'a {}\n'.repeat(300)],
  ])('O8 allow %s', (_name, path, text) => {
    expect(sourceProblems(path, text)).toEqual([]);
  });

  it('O8 hold in every source file', () => {
    const paths = projectFiles(root, /\.(ts|tsx|js|css)$/);
    expect(paths).toContain('scripts/source-rules.js');
    const problems = paths.flatMap((path) =>
      sourceProblems(path, readFileSync(join(root, path), 'utf8')),
    );
    expect(problems).toEqual([]);
  });
});

describe('the packages', () => {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');

  it('O9 are named with exact versions', () => {
    const manifest: Record<string, Record<string, string>> = JSON.parse(read('package.json'));
    const versions = Object.values({ ...manifest['dependencies'], ...manifest['devDependencies'] });
    expect(versions.length).toBeGreaterThan(0);
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('O9 are locked without a download address', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved"|\.tgz"/);
  });

  it('O9 are locked for every platform, or a clean install is refused on the others', () => {
    const lock: { packages: Record<string, { optionalDependencies?: Record<string, string> }> } =
      JSON.parse(read('package-lock.json'));
    const locked = new Set(
      Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1)),
    );
    const optional = Object.values(lock.packages).flatMap((each) =>
      Object.keys(each.optionalDependencies ?? {}),
    );
    expect(optional.length).toBeGreaterThan(0);
    expect(optional.filter((name) => !locked.has(name))).toEqual([]);
  });
});
