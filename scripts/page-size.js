import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Compressed script that the live page may load by itself, bytes: rule U81. */
export const MOST_PAGE_BYTES = 260_000;

/** What the live page asks for without being used: the page, and the parts that follow the first paint. */
export const LIVE_PAGE = [
  'index.html',
  'ui/panels/token-chart.tsx',
  'ui/panels/customer-table.tsx',
  'ui/panels/last-day.tsx',
  'ui/panels/server-sums.tsx',
  'ui/incidents/incident-reader.tsx',
  'ui/install/install-hint.tsx',
  'ui/incidents/incident-panel.tsx',
  'ui/incidents/chart-incidents.tsx',
];

/** Linked by `index.html` past the bundler. */
const UNBUNDLED = 'theme.js';

/** @typedef {{ file: string, imports?: string[] }} Chunk as Vite's manifest has it */

/**
 * @param {Record<string, Chunk>} manifest by the name of the source, or of the chunk
 * @returns {string[]} files that the live page loads by itself, each once
 * @throws {Error} when the build has no such part: the list above is out of date
 */
export function liveFiles(manifest) {
  /** @type {Set<string>} */
  const files = new Set();
  /** @param {string} name */
  const add = (name) => {
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`the build has no ${name}`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const each of chunk.imports ?? []) add(each);
  };
  for (const name of LIVE_PAGE) add(name);
  return [...files, UNBUNDLED];
}

/**
 * @param {string} folder of the built app
 * @returns {number} compressed script of the live page, bytes; its worker's not
 * @throws {Error} when the build is not whole
 */
export function livePageBytes(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'));
  return liveFiles(manifest)
    .map((file) => gzipSync(readFileSync(join(folder, file))).length)
    .reduce((sum, bytes) => sum + bytes, 0);
}

/**
 * @param {number} bytes
 * @returns {string} a line for people
 */
export function sizeReport(bytes) {
  const inKb = (/** @type {number} */ size) => `${(size / 1_000).toFixed(1)} kB`;
  const room = MOST_PAGE_BYTES - bytes;
  const verdict = room < 0 ? `${inKb(-room)} too much` : `${inKb(room)} are left`;
  return `The live page loads ${inKb(bytes)} of compressed script, of ${inKb(MOST_PAGE_BYTES)}: ${verdict}.`;
}
