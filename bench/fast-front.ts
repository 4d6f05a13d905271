import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

const SCRIPT = /^\/assets\/.*\.js$/;

/** Passes everything on, and puts `preamble` before each script of the page and of its worker. */
export async function startFastFront(
  target: string,
  preamble: string,
): Promise<{ url: string; close(): void }> {
  const front = createServer((asked, reply) => pass(target, preamble, asked, reply));
  front.listen(0, 'localhost');
  await once(front, 'listening');
  const address = front.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    url: `http://localhost:${address.port}`,
    close() {
      front.closeAllConnections();
      front.close();
    },
  };
}

function pass(
  target: string,
  preamble: string,
  asked: IncomingMessage,
  reply: ServerResponse,
): void {
  const { method, headers, url = '/' } = asked;
  const isScript = SCRIPT.test(url);
  const onward = request(new URL(url, target), { method, headers, agent: false }, (answer) => {
    const { 'content-length': length, ...others } = answer.headers;
    const isLonger = isScript || length === undefined;
    reply.writeHead(answer.statusCode ?? 502, isLonger ? others : answer.headers);
    // Events are few and small: none may wait for the next.
    reply.flushHeaders();
    if (isScript) reply.write(preamble);
    answer.pipe(reply);
    answer.on('error', () => reply.destroy());
  });
  // What is packed could not be added to.
  if (isScript) onward.removeHeader('accept-encoding');
  onward.on('error', () => reply.destroy());
  reply.on('close', () => onward.destroy());
  asked.pipe(onward);
}
