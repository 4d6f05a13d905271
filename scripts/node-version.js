// Read by old Nodes too: only syntax and modules that Node 12 knows.
import { readFileSync } from 'fs';

/** @param {string} version e.g. `v20.19.0` or `20.19` @returns {[number, number]} major and minor */
function majorAndMinor(version) {
  const [major, minor] = version.replace(/^[^\d]*/, '').split('.');
  return [Number(major), Number(minor || 0)];
}

/**
 * What to tell the user when this Node is too old.
 * @param {string} version of the running Node, e.g. `v18.3.0`
 * @param {string} engines the range of package.json, always of the form `>=20.19`
 * @returns {string | null} one line, or null when the version will do
 */
export function nodeVersionProblem(version, engines) {
  const [major, minor] = majorAndMinor(version);
  const [neededMajor, neededMinor] = majorAndMinor(engines);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return null;
  return `Burnrate needs Node ${neededMajor}.${neededMinor} or newer; this is ${version}.`;
}

/** Ends the process with one line when this Node is older than package.json allows. */
export function exitOnOldNode() {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const problem = nodeVersionProblem(process.version, manifest.engines.node);
  if (problem === null) return;
  console.error(problem);
  process.exit(1);
}
