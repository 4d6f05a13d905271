import { fileURLToPath } from 'node:url';
import { buildIfStale, installIfStale } from './prepare.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const installed = await installIfStale(root);
const prepared = installed.ok ? await buildIfStale(root) : installed;
if (!prepared.ok) {
  console.error(prepared.reason);
  process.exit(1);
}
process.env['NODE_ENV'] ??= 'production';
// In this very process: Ctrl-C, signals, the terminal and the exit code are the server's own.
await import(new URL('../dist/server/main.js', import.meta.url).href);
