import { once } from 'node:events';
import { createServer, request } from 'node:http';

/** A server in front of the product's, which can make its service worker look like that of a newer build. */
export interface NewerBuild {
  readonly url: string;
  /** From now on the service worker differs from the one before. */
  publish(): void;
  close(): Promise<void>;
}

/** @param target address of the server that really answers */
export async function startNewerBuild(target: string): Promise<NewerBuild> {
  let isPublished = false;
  const front = createServer((asked, reply) => {
    const { method, headers, url = '/' } = asked;
    const inner = request(new URL(url, target), { method, headers, agent: false }, (answer) => {
      const isChanged = isPublished && url === '/sw.js';
      if (!isChanged) {
        reply.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(reply);
        return;
      }
      // Its length is another one now, so only what a script needs is passed on.
      reply.writeHead(200, { 'content-type': 'text/javascript' });
      answer.pipe(reply, { end: false });
      answer.on('end', () => reply.end('\n// a newer build'));
    });
    // A file that is packed, or that has "not changed", could not be added to.
    for (const name of ['accept-encoding', 'if-none-match', 'if-modified-since']) {
      inner.removeHeader(name);
    }
    inner.on('error', () => reply.destroy());
    asked.pipe(inner);
  });
  front.listen(0, 'localhost');
  await once(front, 'listening');
  const address = front.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    url: `http://localhost:${address.port}`,
    publish: () => (isPublished = true),
    async close() {
      front.closeAllConnections();
      front.close();
      await once(front, 'close');
    },
  };
}
