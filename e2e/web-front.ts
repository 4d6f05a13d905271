import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findNginx } from '../scripts/find-nginx.js';
import { freePort } from './server.ts';

const START_TIMEOUT_MS = 10_000;
const SCRIPT = 'deploy/start-web.sh';

type Settings = Readonly<Record<string, string>>;

/** Starts nginx as its image does; the process is nginx itself. */
export function spawnWebFront(settings: Settings): ChildProcess {
  const nginx = findNginx();
  if (nginx === null) throw new Error('No nginx found: install `nginx-light`, or set NGINX_PATH.');
  return spawn('sh', [SCRIPT], {
    env: {
      ...process.env,
      APP_FOLDER: join(process.cwd(), 'dist/app'),
      NGINX_PATH: nginx,
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** A real nginx between browser and server, on ports and in a folder of its own. */
export class WebFront {
  readonly port: number;
  readonly securePort: number;
  readonly url: string;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(ports: [number, number], folder: string, child: ChildProcess) {
    [this.port, this.securePort] = ports;
    this.url = `http://localhost:${this.port}`;
    this.#folder = folder;
    this.#process = child;
  }

  /** @param serverPort of the server behind it, which need not be there */
  static async start(serverPort: number, settings: Settings = {}): Promise<WebFront> {
    const folder = await mkdtemp(join(tmpdir(), 'burnrate-nginx-'));
    const ports: [number, number] = [await freePort(), await freePort()];
    const child = spawnWebFront({
      SERVER_ADDRESS: `127.0.0.1:${serverPort}`,
      RUN_FOLDER: folder,
      HTTP_PORT: String(ports[0]),
      HTTPS_PORT: String(ports[1]),
      CERTIFICATE_FOLDER: join(folder, 'no-certificates'),
      ...settings,
    });
    const front = new WebFront(ports, folder, child);
    await front.#isUp();
    return front;
  }

  /** At once: nobody waits for streams that are open. */
  async close(): Promise<void> {
    if (this.#process.exitCode === null) {
      const ended = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      await ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #isUp(): Promise<void> {
    let said = '';
    this.#process.stderr?.on('data', (chunk) => (said += String(chunk)));
    const lastMs = performance.now() + START_TIMEOUT_MS;
    while (performance.now() < lastMs && this.#process.exitCode === null) {
      if (await isHeard(this.port)) return;
      await delay(50);
    }
    await this.close();
    throw new Error(`nginx did not start: ${said}`);
  }
}

async function isHeard(port: number): Promise<boolean> {
  const socket = connect(port, 'localhost');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
