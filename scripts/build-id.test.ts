import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { buildId } from './build-id.js';
import { hashOfSources } from './source-hash.js';

it('O14 the id of a build comes from its sources alone', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  expect(buildId()).toMatch(/^[0-9a-f]{12}$/);
  expect(hashOfSources(root).startsWith(buildId())).toBe(true);
});
