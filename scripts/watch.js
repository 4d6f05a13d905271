import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { installIfStale } from './prepare.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const installed = await installIfStale(root);
if (!installed.ok) {
  console.error(installed.reason);
  process.exit(1);
}
const children = [
  ['node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false', 'mock-server/main.ts'],
  ['node_modules/vite/bin/vite.js', '--clearScreen', 'false'],
].map((command) =>
  spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }),
);

/** Ends both; one that has ended already takes no harm. */
function stop() {
  for (const child of children) child.kill('SIGTERM');
}

for (const child of children) child.once('exit', stop);
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
