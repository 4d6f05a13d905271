import { fileURLToPath } from 'node:url';
import { hashOfSources } from './source-hash.js';

/**
 * Tells two builds apart: the first digits of the hash of the sources, so that page and server of one build, and
 * builds of the same sources on two machines, have the same.
 * @returns {string} 12 hex digits
 */
export function buildId() {
  return hashOfSources(fileURLToPath(new URL('..', import.meta.url))).slice(0, 12);
}
