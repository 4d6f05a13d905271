import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { findNginx, testsWithoutNginx } from './find-nginx.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-nginx-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function anNginx(): string {
  const path = join(folder, 'nginx');
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

it('O33 takes the nginx that is named, then the one of the system, on the path or not', () => {
  expect(findNginx({ PATH: folder }, [])).toBeNull();
  const path = anNginx();
  expect(findNginx({ PATH: folder }, [])).toBe(path);
  expect(findNginx({ PATH: '' }, [folder])).toBe(path);
  expect(findNginx({ NGINX_PATH: path }, [])).toBe(path);
  expect(() => findNginx({ NGINX_PATH: '/nowhere', PATH: folder })).toThrow('NGINX_PATH');
});

it('O33 leaves tests out, and says so, only where no nginx is and none is required', () => {
  const said = vi.spyOn(console, 'error').mockReturnValue();
  expect(testsWithoutNginx({ PATH: folder, NGINX_REQUIRED: 'true' }, [])).toEqual([]);
  expect(said).not.toHaveBeenCalled();
  expect(testsWithoutNginx({ PATH: folder }, [])).toEqual(['**/web-front*.spec.ts']);
  expect(said).toHaveBeenCalledWith(expect.stringContaining('nginx-light'));
  anNginx();
  expect(testsWithoutNginx({ PATH: folder }, [])).toEqual([]);
});
