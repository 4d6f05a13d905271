import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const ADDRESS = /^Burnrate is on (http:\/\/localhost:\d+) \(simulated fleet/m;

export type SpawnedServer = ReturnType<typeof spawnServer>;

/** The server as a process of its own, from the sources. */
export function spawnServer(settings: Record<string, string>) {
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATA_DIR: settings['DATA_DIR'] ?? temporaryFolder(),
    PORT: '0',
    ...settings,
  };
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], { env });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (output.out += chunk));
  child.stderr.on('data', (chunk) => (output.err += chunk));
  return { child, output, ended: exitOf(child) };
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'close')) as [number | null]; // of a process, as Node says it
  return code;
}

/** The address that the server prints when it is ready. */
export async function addressOf({ child, output, ended }: SpawnedServer): Promise<string> {
  for (;;) {
    const address = ADDRESS.exec(output.out)?.[1];
    if (address) return address;
    const code = await Promise.race([ended, once(child.stdout, 'data')]);
    if (!Array.isArray(code)) throw new Error(`ended with ${code}: ${output.err}`);
  }
}
