import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Everything that a build is made from. */
const BUILD_INPUTS = [
  'app',
  'core',
  'mock-server',
  'sw',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
];

/**
 * @param {string} root
 * @param {string} path of a file or folder below root, with `/`
 * @returns {string[]} the files that a build may read, in the same order on every machine
 */
function sourceFiles(root, path) {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path))
    .filter((name) => name !== 'testing' && !/\.test\.tsx?$/.test(name))
    .toSorted()
    .flatMap((name) => sourceFiles(root, `${path}/${name}`));
}

/**
 * A hash of the names and contents of everything that goes into a build.
 * @param {string} root
 * @param {string[]} inputs files and folders below root
 * @returns {string} SHA-256 in hex
 */
export function hashOfSources(root, inputs = BUILD_INPUTS) {
  const hash = createHash('sha256');
  for (const path of inputs.flatMap((input) => sourceFiles(root, input))) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}
