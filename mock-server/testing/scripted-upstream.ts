import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { startHttpServer } from '../http-server.ts';

type Answering = (response: ServerResponse, request: IncomingMessage) => void;

/** An upstream on a socket of its own, which answers what a test wants it to, well-behaved or not. */
export class ScriptedUpstream {
  /** Every path that was asked for, in order. */
  readonly asked: string[] = [];
  /** Questions that were open at the same time, at most. */
  mostAtOnce = 0;
  readonly #answers = new Map<string, Answering>();
  #open = 0;

  /** Answers a path with a body, as JSON unless it is a text. */
  says(path: string, body: unknown, status = 200): this {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return this.does(path, (response) => response.writeHead(status).end(text));
  }

  saysMessages(...messages: unknown[]): this {
    return this.says('/messages/current-period', { messages });
  }

  does(path: string, answering: Answering): this {
    this.#answers.set(path, answering);
    return this;
  }

  /** What came for a path, as often as it was asked for. */
  timesAsked(path: string): number {
    return this.asked.filter((one) => one === path).length;
  }

  /** Listens until the test ends. @returns its address */
  async start(): Promise<string> {
    const started = await startHttpServer((request, response) => this.#answer(request, response), {
      host: '127.0.0.1',
      port: 0,
      graceMs: 0,
    });
    if (!started.ok) throw new Error(started.reason);
    onTestFinished(started.server.close);
    return `http://127.0.0.1:${started.server.port}`;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    this.asked.push(path);
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#open);
    response.once('close', () => this.#open--);
    const answering = this.#answers.get(path);
    if (answering) answering(response, request);
    else response.writeHead(404).end();
  }
}

/** Where nobody listens: the port was free a moment ago. */
export async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return `http://127.0.0.1:${address.port}`;
}
