// `node scripts/server-packages.js`: leaves only those dependencies in `package.json` that the built server imports, so that
// `npm prune --omit=dev` takes the others away: those of the page are in its bundle. For an image, which is no working copy.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** `import x from "name"`, `import "name"`, `import("name")`. */
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g;

/**
 * @param {string} script
 * @param {Record<string, string>} dependencies as in `package.json`
 * @returns {string[]} names of those that it imports, a part of a package as the whole
 */
export function importedPackages(script, dependencies) {
  const named = [...script.matchAll(IMPORT)].flatMap((match) => match[1] ?? []);
  return Object.keys(dependencies).filter((name) =>
    named.some((one) => one === name || one.startsWith(`${name}/`)),
  );
}

/** @param {string} root of the project, built */
function keepServerPackages(root) {
  const folder = join(root, 'dist', 'server');
  // Parts that more than one of its threads use are in a folder of their own.
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const scripts = files.filter((name) => name.endsWith('.js'));
  const script = scripts.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const needed = importedPackages(script, manifest.dependencies);
  if (needed.length === 0) throw new Error(`the server in ${folder} imports nothing`);
  const dependencies = Object.fromEntries(
    needed.map((name) => [name, manifest.dependencies[name]]),
  );
  writeFileSync(join(root, 'package.json'), JSON.stringify({ ...manifest, dependencies }, null, 2));
  console.log(`The server needs ${needed.join(', ')}.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  keepServerPackages(process.cwd());
