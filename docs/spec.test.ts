import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { projectFiles } from '../scripts/project-files.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Ids of the rules: table rows or list items that begin with `**C4**`. */
function rulesOf(markdown: string): string[] {
  return [...markdown.matchAll(/^(?:\||[-*]) *\*\*([A-Z]\d+)\*\*/gm)].flatMap(
    (match) => match[1] ?? [],
  );
}

/** Letters of the areas: headings such as `## C Connection`. */
function areasOf(markdown: string): string[] {
  return [...markdown.matchAll(/^## ([A-Z]) /gm)].flatMap((match) => match[1] ?? []);
}

/** Ids that the names of tests begin with; a name may begin with several: `it('C4 C5 keeps ...')`. */
function idsInTests(source: string): string[] {
  // The name follows `it(`, or the second parenthesis of `it.each(...)(`.
  const names = source.matchAll(/(?:\b(?:it|test)(?:\.\w+)?|\))\(\s*(['"`])((?:[A-Z]\d+ )+)/g);
  return [...names].flatMap((match) => match[2]?.trim().split(' ') ?? []);
}

const without = (ids: string[], known: string[]) => ids.filter((id) => !known.includes(id));

describe('reading rules and tests', () => {
  it('O10 finds rules in tables and lists, and nowhere else', () => {
    const markdown = '| **C1** | a |\n- **D20** b\n* **C2** c\n**C3** as said, see **C4**\n';
    expect(rulesOf(markdown)).toEqual(['C1', 'D20', 'C2']);
  });

  it('O10 finds ids at the beginning of the names of tests, and nowhere else', () => {
    const source = [
      `it('X1 a', f); test("X2 b", f); it.each([1])(\`X3 \${c}\`, f); it.prop([n])('X4 X5 d', f);`,
      `it.each([\n  ['Y1'],\n])(\n  'X6 e', f);`,
      `it('e of Y2', f); describe('Y3 f', f); const g = 'Y4 g'; it('Y5', f);`,
    ].join('\n');
    expect(idsInTests(source)).toEqual(['X1', 'X2', 'X3', 'X4', 'X5', 'X6']);
  });
});

describe('the rules', () => {
  const markdown = readFileSync(join(root, 'docs/spec.md'), 'utf8');
  const rules = rulesOf(markdown);
  const used = projectFiles(root, /\.tsx?$/)
    .filter((path) => path !== 'docs/spec.test.ts')
    .flatMap((path) => idsInTests(readFileSync(join(root, path), 'utf8')))
    // This file's own, of which the samples above are no part.
    .concat('O10');

  it('O10 are numbered once, in an area of their letter', () => {
    expect(rules.length).toBeGreaterThan(0);
    expect(rules).toEqual([...new Set(rules)]);
    expect(
      without(
        rules.map((rule) => rule.charAt(0)),
        areasOf(markdown),
      ),
    ).toEqual([]);
  });

  it('O10 have a test each', () => {
    expect(without(rules, used)).toEqual([]);
  });

  it('O10 are all that tests name', () => {
    const unwritten = without(
      areasOf(markdown),
      rules.map((rule) => rule.charAt(0)),
    );
    const strange = without(used, rules).filter((id) => !unwritten.includes(id.charAt(0)));
    expect([...new Set(strange)].toSorted()).toEqual([]);
  });
});
