import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

export type Settings = Readonly<Record<string, string>>;

/** The built server as a process of its own, which a test may kill and start again on the same port. */
export class Server {
  readonly port: number;
  readonly url: string;
  readonly #settings: Settings;
  #process: ChildProcess | null = null;
  /** What it has logged so far, which is shown too. */
  logged = '';

  private constructor(port: number, settings: Settings) {
    this.port = port;
    this.url = `http://${settings['HOST'] ?? 'localhost'}:${port}`;
    this.#settings = settings;
  }

  /** Where it keeps what it keeps. */
  get dataDir(): string {
    return this.#settings['DATA_DIR'] ?? '';
  }

  static async start(settings: Settings): Promise<Server> {
    const server = new Server(await freePort(), settings);
    await server.start();
    return server;
  }

  /**
   * @param clockOffsetMs how far the server's clock is ahead of this machine's
   * @param more settings of this start alone
   */
  async start(clockOffsetMs = 0, more: Settings = {}): Promise<void> {
    const child = spawn(process.execPath, ['dist/server/main.js'], {
      env: {
        ...process.env,
        LOG_LEVEL: 'warn',
        // A month would be a minute of a core for each server.
        DETECTION_DAYS: '1',
        ...this.#settings,
        ...more,
        PORT: String(this.port),
        CLOCK_OFFSET_MS: String(clockOffsetMs),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.logged += text;
      process.stderr.write(text);
    });
    this.#process = child;
    const lines = createInterface({ input: child.stdout });
    const isUp = (async () => {
      for await (const line of lines) if (line.includes(this.url)) return true;
      return false;
    })();
    if (!(await isUp)) throw new Error('the server ended before it printed its address');
  }

  /** SIGKILL: no goodbye of any kind. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** SIGTERM, as a service manager would. @returns the exit code; null: a signal ended it, or it did not run */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null) return null;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode;
  }
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, 'localhost');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
