import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** A web front that can have any build deployed on it: as after a real build, every hashed name is another one. */
export interface Deployments {
  readonly url: string;
  /**
   * From now on it has the files of this build, and no other's.
   * @param without what is still on its way to the server
   */
  deploy(build: number, without?: RegExp): void;
  close(): Promise<void>;
}

const REWRITTEN = /^\/($|index\.html|sw\.js|assets\/.*\.(js|css)$)/;
const ASSET = /^\/assets\/(.*)\.build-(\d+)\.(js|css)$/;

/** Names of the built files, without what follows the last dot; the longest first, which another may begin with. */
function stemsOf(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /\.(js|css)$/.test(name));
  return [...new Set(names.map((name) => name.replace(/\.\w+$/, '')))].sort(
    (a, b) => b.length - a.length,
  );
}

/** @param target address of the server that really answers */
export async function startDeployments(target: string): Promise<Deployments> {
  const stems = stemsOf('dist/app/assets').map(escape);
  const references = new RegExp(`(${stems.join('|')})\\.(js|css)(?!\\.map)`, 'g');
  let current = 1;
  let missing: RegExp | undefined;
  const rewrite = (text: string) =>
    text
      .replaceAll(references, `$1.build-${current}.$2`)
      // Of files without a hash in their names.
      .replaceAll(/("?revision"?:")([0-9a-f]+)"/g, `$1$2-${current}"`)
      .replace('<head>', `<head><meta name="build" content="${current}">`);
  const front = createServer((asked, reply) => {
    const asset = ASSET.exec(asked.url ?? '');
    const isOfAnother = asset !== null && Number(asset[2]) !== current;
    const isUnknown = asset === null && (asked.url ?? '').startsWith('/assets/');
    if (isOfAnother || isUnknown || missing?.test(asked.url ?? '')) {
      reply.writeHead(404, { 'content-type': 'text/plain' }).end('Not to be had here');
      return;
    }
    const path = asset ? `/assets/${asset[1]}.${asset[3]}` : (asked.url ?? '/');
    pass(asked, reply, new URL(path, target), rewrite);
  });
  front.listen(0, 'localhost');
  await once(front, 'listening');
  const address = front.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    url: `http://localhost:${address.port}`,
    deploy(build, without) {
      current = build;
      missing = without;
    },
    async close() {
      front.closeAllConnections();
      front.close();
      await once(front, 'close');
    },
  };
}

/** Files of the page are rewritten on their way, everything else passes as it is. */
function pass(
  asked: IncomingMessage,
  reply: ServerResponse,
  url: URL,
  rewrite: (text: string) => string,
): void {
  const { method, headers } = asked;
  const inner = request(url, { method, headers, agent: false }, (answer) => {
    // A stream ends with the server.
    answer.on('error', () => reply.destroy());
    const isNavigation = (headers.accept ?? '').includes('text/html');
    const isRewritten = REWRITTEN.test(url.pathname) || isNavigation;
    if (!isRewritten) {
      reply.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(reply);
      return;
    }
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('end', () => {
      const type = answer.headers['content-type'] ?? 'text/plain';
      reply.writeHead(answer.statusCode ?? 502, {
        'content-type': type,
        'cache-control': 'no-cache',
      });
      reply.end(rewrite(Buffer.concat(chunks).toString()));
    });
  });
  // What is packed, or has "not changed", could not be rewritten.
  for (const name of ['accept-encoding', 'if-none-match', 'if-modified-since']) {
    inner.removeHeader(name);
  }
  inner.on('error', () => reply.destroy());
  asked.pipe(inner);
}

function escape(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}
