import { delimiter, join } from 'node:path';
import { isExecutable } from './executable.js';

/** Where systems put it that keep it out of the way of people who are not the superuser. */
const USUAL = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

/**
 * Path of the nginx for tests: `NGINX_PATH`, then the system's; null when there is none.
 * @param {Record<string, string | undefined>} env
 * @param {string[]} usual
 * @throws {Error} one line, when `NGINX_PATH` is not an executable file.
 * @returns {string | null}
 */
export function findNginx(env = process.env, usual = USUAL) {
  const named = env['NGINX_PATH'];
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`NGINX_PATH is ${named}, which is not an executable file.`);
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return [...folders, ...usual].map((folder) => join(folder, 'nginx')).find(isExecutable) ?? null;
}

/**
 * Patterns of the tests that are left out, which is said on standard error, where no nginx is. Where `NGINX_REQUIRED` is
 * set none is left out: there they fail, and say why.
 * @param {Record<string, string | undefined>} env
 * @param {string[]} usual
 * @returns {string[]}
 */
export function testsWithoutNginx(env = process.env, usual = USUAL) {
  if (findNginx(env, usual) !== null || env['NGINX_REQUIRED']) return [];
  console.error('No nginx found, so its tests are left out: install the package `nginx-light`.');
  return ['**/web-front*.spec.ts'];
}
