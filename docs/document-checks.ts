import { dirname, join } from 'node:path/posix';

/** What documents may speak of. */
export interface Project {
  /** All files, as paths from the root with `/`. */
  readonly files: readonly string[];
  /** The text of a document, by its path. */
  readonly documents: ReadonlyMap<string, string>;
  /** Names of npm scripts. */
  readonly scripts: readonly string[];
  /** Ids of rules. */
  readonly rules: ReadonlySet<string>;
  /** Every word of the sources. */
  readonly words: ReadonlySet<string>;
}

/** Fenced blocks are code: what looks like a link or a heading there is none. */
function proseOf(markdown: string): string {
  return markdown.replaceAll(/^```[^]*?^```/gm, '');
}

function spansOf(markdown: string): string[] {
  return [...proseOf(markdown).matchAll(/`([^`\n]+)`/g)].flatMap((match) => match[1] ?? []);
}

/** Anchors of the headings, as hosting sites make them. */
export function anchorsOf(markdown: string): string[] {
  const seen = new Map<string, number>();
  return [...proseOf(markdown).matchAll(/^#+ +(.+?) *$/gm)].map((match) => {
    const plain = (match[1] ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    const slug = plain
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}

/** Links and pictures that lead into this repository: a path, an anchor, or both. */
export function linksOf(markdown: string): string[] {
  return [...proseOf(markdown).matchAll(/\]\(([^)\s]+)[^)]*\)/g)]
    .flatMap((match) => match[1] ?? [])
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** Links that lead nowhere. */
export function brokenLinks(path: string, markdown: string, project: Project): string[] {
  return linksOf(markdown).filter((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : join(dirname(path), file);
    if (!isThere(target, project)) return true;
    if (anchor === undefined) return false;
    return !anchorsOf(project.documents.get(target) ?? '').includes(anchor);
  });
}

function isThere(path: string, { files }: Project): boolean {
  const folder = path.endsWith('/') ? path : `${path}/`;
  return files.some((file) => file === path || file.startsWith(folder));
}

/** Commands that npm would refuse. */
export function unknownCommands(markdown: string, { scripts }: Project): string[] {
  const commands = markdown.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g);
  return [...commands]
    .flatMap(([, run, own]) => run ?? own ?? [])
    .filter((name) => !scripts.includes(name));
}

/** Ids that look like those of a rule and are none. */
export function unknownRules(markdown: string, { rules }: Project): string[] {
  const areas = new Set([...rules].map((rule) => rule.charAt(0)));
  const ids = proseOf(markdown).matchAll(/(?<![\w#/.-])([A-Z])(\d+)(?![\w-])/g);
  return [...ids].filter(([id, area]) => areas.has(area ?? '') && !rules.has(id)).map(([id]) => id);
}

/** Files and folders in code spans that are not there; they may be named by the end of their path. */
export function unknownPaths(markdown: string, { files }: Project): string[] {
  const folders = new Set(files.flatMap((file) => file.split('/').slice(0, -1)));
  const isPath = (span: string) =>
    /^[\w.@*-]+\.(tsx?|js|json|md|css|yml|html)$/.test(span) ||
    (/^[\w.@*-]+(\/[\w.@*-]*)+$/.test(span) && folders.has(span.split('/')[0] ?? ''));
  return spansOf(markdown)
    .filter(isPath)
    .filter((span) => {
      const pattern = span.replaceAll('.', '[.]').replaceAll('*', '[^/]*');
      const asNamed = new RegExp(`(^|/)${pattern}${span.endsWith('/') ? '' : '([.]tsx?)?($|/)'}`);
      return !files.some((file) => asNamed.test(file));
    });
}

/** Names of code in code spans, and of components in drawings, that no source has. */
export function unknownNames(markdown: string, { words }: Project): string[] {
  const spans = spansOf(markdown).flatMap((span) => /^(\w+)(\(.*\))?$/.exec(span)?.[1] ?? []);
  const drawings = [...markdown.matchAll(/^```mermaid\n([^]*?)^```/gm)].flatMap(
    (match) => match[1]?.match(/\b[A-Z][a-z]+[A-Z]\w*/g) ?? [],
  );
  const isName = (word: string) => /[a-z][A-Z]/.test(word) || /^[A-Z]+_[A-Z_]+$/.test(word);
  return [...spans, ...drawings].filter((word) => isName(word) && !words.has(word));
}
