import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from './command.js';
import { hasCode } from './error-code.js';
import { withLock } from './lock.js';
import { hashOfSources } from './source-hash.js';

/** What npm itself writes down after each installation, in the form of the lock file. */
const INSTALLED = 'node_modules/.package-lock.json';

/** Each stamp lies in the folder that it describes: a build by hand empties the folder, stamp included. */
const BUILD_STAMPS = ['dist/app/.build-stamp', 'dist/server/.build-stamp'];

/** Held while packages are installed or the build is written, so that two starts at once do not mix. */
const LOCK = 'dist/.lock';

/**
 * @param {string} path
 * @returns {string | null} null when there is none
 */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/**
 * @param {string} path of a lock file
 * @returns {Record<string, { version?: string, optional?: boolean }>} by folder; empty when there is none
 */
function packagesOf(path) {
  const text = readIfThere(path);
  return text === null ? {} : JSON.parse(text).packages;
}

/**
 * Whether packages are missing, or others are there than the lock file wants. Optional ones may be missing: most are
 * for other platforms.
 * @param {string} root
 */
export function isInstallStale(root) {
  // The entry without a name is the project itself, which npm does not write down.
  const { '': project, ...wanted } = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, INSTALLED));
  const isMissing = Object.entries(wanted).some(
    ([folder, { version, optional }]) =>
      installed[folder]?.version !== version && !(optional && installed[folder] === undefined),
  );
  return isMissing || Object.keys(installed).some((folder) => wanted[folder] === undefined);
}

/**
 * Whether the app or the server is missing or was built from other sources.
 * @param {string} root
 * @param {string} hash of the sources, as by `hashOfSources`
 */
export function isBuildStale(root, hash) {
  return BUILD_STAMPS.some((stamp) => readIfThere(join(root, stamp)) !== hash);
}

/** @typedef {{ ok: true } | { ok: false, reason: string }} Prepared */

/** @param {string} root @returns {Promise<Prepared>} */
async function install(root) {
  if (!isInstallStale(root)) return { ok: true };
  console.log('Installing packages (about a minute) ...');
  const { code, output } = await runNpm(['ci', '--loglevel=error'], { cwd: root });
  if (code !== 0) return { ok: false, reason: `${output}\nThe packages could not be installed.` };
  return { ok: true };
}

/** @param {string} root @returns {Promise<Prepared>} */
async function build(root) {
  // Taken before the build: a file saved meanwhile makes the next start build again.
  const hash = hashOfSources(root);
  if (!isBuildStale(root, hash)) return { ok: true };
  console.log('Building ...');
  for (const script of ['build:app', 'build:server']) {
    const { code, output } = await runNpm(['run', '--silent', script], { cwd: root });
    if (code !== 0) return { ok: false, reason: `${output}\n${script} failed.` };
  }
  for (const stamp of BUILD_STAMPS) writeFileSync(join(root, stamp), hash);
  return { ok: true };
}

/**
 * @param {string} root
 * @param {() => Promise<Prepared>} work
 */
function alone(root, work) {
  const lock = join(root, LOCK);
  return withLock(lock, work, (holder) =>
    console.log(`Waiting for process ${holder}, which is building (if it is not: remove ${lock}).`),
  );
}

/**
 * Installs the packages unless they are there and current. Its output is shown only when it fails.
 * @param {string} root
 */
export function installIfStale(root) {
  return alone(root, () => install(root));
}

/**
 * Builds app and server into `dist/` unless they are there and current. Needs the packages.
 * @param {string} root
 */
export function buildIfStale(root) {
  return alone(root, () => build(root));
}
