import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { projectFiles } from '../scripts/project-files.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Targets of the links and pictures of a document that lie in this repository. */
function localTargets(markdown: string): string[] {
  return [...markdown.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
    .flatMap((match) => match[1] ?? [])
    .filter((target) => !/^[a-z]+:/.test(target));
}

describe('the documents', () => {
  it('O11 are read for links to files, with or without an anchor, not to other sites', () => {
    const markdown = '[a](b.md) ![c](d/e.png "f") [g](h.md#i) [j](#k) [l](https://m.org)';
    expect(localTargets(markdown)).toEqual(['b.md', 'd/e.png', 'h.md']);
  });

  it('O11 have no link that leads nowhere', () => {
    const documents = projectFiles(root, /\.md$/);
    expect(documents).toContain('docs/spec.md');
    const broken = documents.flatMap((path) =>
      localTargets(read(path))
        .filter((target) => !existsSync(join(root, dirname(path), target)))
        .map((target) => `${path}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('O11 name every folder at the top in the architecture', () => {
    const folders = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$|dist$)/.test(entry.name))
      .map((entry) => entry.name);
    expect(folders).toContain('core');
    const architecture = read('docs/architecture.md');
    expect(folders.filter((folder) => !architecture.includes(`\`${folder}/`))).toEqual([]);
  });
});
