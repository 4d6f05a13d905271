import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { projectFiles } from '../scripts/project-files.js';
import {
  anchorsOf,
  brokenLinks,
  linksOf,
  type Project,
  unknownCommands,
  unknownNames,
  unknownPaths,
  unknownRules,
} from './document-checks.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Folders that begin with a dot and are ours. */
const HIDDEN = ['.ci/', '.github/'];

function readProject(): Project {
  const files = [
    ...projectFiles(root, /./),
    ...HIDDEN.flatMap((folder) => projectFiles(root, /./, folder)),
  ];
  // Not the checks of documents, whose samples name what is not there.
  const sources = files.filter(
    (file) =>
      /\.(tsx?|js|json|css|sh|yml|conf)$|Dockerfile/.test(file) && !/^docs\/.*ts$/.test(file),
  );
  const manifest: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
  const rules = read('docs/spec.md').matchAll(/^- \*\*([A-Z]\d+)\*\*/gm);
  return {
    files,
    documents: new Map(
      files.filter((file) => file.endsWith('.md')).map((file) => [file, read(file)]),
    ),
    scripts: Object.keys(manifest.scripts),
    rules: new Set([...rules].flatMap((match) => match[1] ?? [])),
    words: new Set(sources.flatMap((file) => read(file).match(/\w+/g) ?? [])),
  };
}

/** A small project, in which little is there. */
const SMALL: Project = {
  files: ['README.md', 'docs/a.md', 'core/time/zone.ts', 'app/ui/pages/live.tsx', '.ci/run'],
  documents: new Map([
    ['README.md', '# Home'],
    ['docs/a.md', '# A, and `b`\n## Twice\n## Twice\n```\n# not this\n```'],
  ]),
  scripts: ['start', 'check', 'format:check'],
  rules: new Set(['C4', 'O11']),
  words: new Set(['PageStore', 'endMs', 'DATA_DIR']),
};

describe('the checks of documents', () => {
  it('O11 O36 read links to files and anchors, not to other sites, not in code', () => {
    const markdown = '[a](b.md) ![c](d/e.png "f") [g](h.md#i) [j](#k) [l](https://m.org)';
    expect(linksOf(markdown)).toEqual(['b.md', 'd/e.png', 'h.md#i', '#k']);
    expect(linksOf('```md\n[a](b.md)\n```')).toEqual([]);
  });

  it('O36 know the anchors of headings', () => {
    expect(anchorsOf(SMALL.documents.get('docs/a.md') ?? '')).toEqual([
      'a-and-b',
      'twice',
      'twice-1',
    ]);
  });

  it('O11 O36 find links to files, folders and headings that are not there', () => {
    const good = '[a](../README.md#home) [b](#twice-1) [c](../core/time/) [d](a.md)';
    expect(brokenLinks('docs/a.md', good, SMALL)).toEqual([]);
    const bad = '[a](README.md) [b](#thrice) [c](../README.md#away) [d](../core/space/)';
    const links = ['README.md', '#thrice', '../README.md#away', '../core/space/'];
    expect(brokenLinks('docs/a.md', bad, SMALL)).toEqual(links);
  });

  it('O37 find commands that npm does not know', () => {
    const markdown =
      '`npm start`, `npm run check`, `npm run format:check`\n```\nnpm run lnt\nnpm test\n```';
    expect(unknownCommands(markdown, SMALL)).toEqual(['lnt', 'test']);
  });

  it('O38 find rules that are not there, and take nothing else for one', () => {
    expect(unknownRules('`C4 `, **O11**, O12 and C40; X1, W3C, a-C5, D4', SMALL)).toEqual([
      'O12',
      'C40',
    ]);
  });

  it('O39 find files and folders that are not there', () => {
    const good =
      '`core/time/`, `core/time/zone`, `zone.ts`, `pages/live.tsx`, `app/*/pages/*.tsx`, `.ci/run`';
    expect(unknownPaths(`${good}, \`text/html\`, \`/api/x\``, SMALL)).toEqual([]);
    const bad = '`core/space/`, `core/time/zon`, `live.ts`, `pages/*.js`, `.ci/go`';
    const paths = ['core/space/', 'core/time/zon', 'live.ts', 'pages/*.js', '.ci/go'];
    expect(unknownPaths(bad, SMALL)).toEqual(paths);
  });

  it('O40 find names that no source has, in drawings too', () => {
    const markdown =
      '`PageStore`, `endMs`, `DATA_DIR`, `word`, `pageStore()`, `DATA_FILE`, `since=1`';
    expect(unknownNames(markdown, SMALL)).toEqual(['pageStore', 'DATA_FILE']);
    const drawing = '```mermaid\nflowchart LR\n  a["PageStore, PageShop"] --> b\n```';
    expect(unknownNames(drawing, SMALL)).toEqual(['PageShop']);
  });
});

describe('the documents', () => {
  const project = readProject();
  const problems = (check: (markdown: string, path: string) => string[]) =>
    [...project.documents].flatMap(([path, text]) =>
      check(text, path).map((problem) => `${path}: ${problem}`),
    );

  it('O11 are found, those for contributors too', () => {
    const found = ['docs/spec.md', 'README.md', '.github/pull_request_template.md'];
    expect([...project.documents.keys()]).toEqual(expect.arrayContaining(found));
  });

  it('O11 O36 have no link that leads nowhere', () => {
    expect(problems((text, path) => brokenLinks(path, text, project))).toEqual([]);
  });

  it('O37 name commands that there are', () => {
    expect(problems((text) => unknownCommands(text, project))).toEqual([]);
  });

  it('O38 name rules that there are', () => {
    expect(problems((text) => unknownRules(text, project))).toEqual([]);
  });

  it('O39 name files and folders that there are', () => {
    expect(problems((text) => unknownPaths(text, project))).toEqual([]);
  });

  it('O40 name what is in the code', () => {
    expect(problems((text) => unknownNames(text, project))).toEqual([]);
  });

  it('O11 name every folder at the top in the architecture', () => {
    const folders = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$|dist$)/.test(entry.name))
      .map((entry) => entry.name);
    expect(folders).toContain('core');
    const architecture = read('docs/architecture.md');
    expect(folders.filter((folder) => !architecture.includes(`\`${folder}/`))).toEqual([]);
  });

  it('O41 are all reached from the first one', () => {
    const reached = new Set(linksOf(read('README.md')).map((link) => link.split('#')[0]));
    const own = [...project.documents.keys()].filter((path) => /^(docs\/)?[^/]+\.md$/.test(path));
    expect(own.filter((path) => path !== 'README.md' && !reached.has(path))).toEqual([]);
  });

  it('O42 are right about the public workflow: it runs `.ci/run`, and no other command', () => {
    const commands = read('.github/workflows/check.yml').matchAll(/^ *-? *run: *(.+)$/gm);
    expect([...commands].map((match) => match[1])).toEqual(['.ci/run']);
  });
});
