import { spawn } from 'node:child_process';

/**
 * @typedef {object} Outcome
 * @property {number} code exit code; 1 when the command was ended by a signal or could not be started
 * @property {string} output what it wrote to both streams, in order; empty when it was shown at once
 */

/**
 * Runs one npm command to its end and never rejects: failure is in the outcome.
 * @param {string[]} args e.g. `['run', 'lint']`
 * @param {{ cwd: string, env?: Record<string, string>, show?: boolean }} options `show` passes the
 *   output on as it comes; without it the output is kept for the caller
 * @returns {Promise<Outcome>}
 */
export function runNpm(args, { cwd, env = {}, show = false }) {
  return new Promise((resolve) => {
    const child = spawn('npm', args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
      // On Windows npm is a batch file, which only a shell can start.
      shell: process.platform === 'win32',
    });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => resolve({ code: 1, output: `npm: ${error.message}` }));
    child.on('close', (code) =>
      resolve({ code: code ?? 1, output: String(Buffer.concat(chunks)) }),
    );
  });
}
