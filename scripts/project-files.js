import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Installed, built or generated; folders that begin with a dot are left out as well. */
const NOT_OURS = new Set(['node_modules', 'dist']);

/**
 * The files that we write, as paths below `root` with `/`.
 * @param {string} root
 * @param {RegExp} name which file names to take
 * @param {string} folder below root, empty or ending with `/`
 * @returns {string[]}
 */
export function projectFiles(root, name, folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) {
      const isOurs = !NOT_OURS.has(entry.name) && !entry.name.startsWith('.');
      return isOurs ? projectFiles(root, name, `${folder}${entry.name}/`) : [];
    }
    return name.test(entry.name) ? [`${folder}${entry.name}`] : [];
  });
}
