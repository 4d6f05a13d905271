import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Line } from './line.ts';
import { freePort } from './server.ts';

const STREAM = '/api/stream';

/** What the proxy does with event streams: passes them, answers 404, or takes them and gives nothing back. */
type StreamMode = 'pass' | 'refuse' | 'hold back';

/** Stands between browser and server, as a company's proxy would, and counts what goes through. */
export class Proxy {
  readonly url: string;
  streamMode: StreamMode = 'pass';
  /** Event streams that are open now. */
  openStreams = 0;
  /** When each event stream was asked for, epoch ms. */
  readonly askedAtMs: number[] = [];
  /** Event streams of which anything came back. */
  streamsHeard = 0;
  /** When the last of them began to speak, epoch ms. */
  lastHeardAtMs = Number.NaN;
  /** What came last on an event stream. */
  lastWords = { text: '', atMs: Number.NaN };
  /** What the API's replies go through. */
  readonly line = new Line();
  /** Event streams that the server ended in the middle. */
  streamsCut = 0;
  pollsAsked = 0;
  readonly #target: string;
  readonly #server = createServer((incoming, outgoing) => this.#handle(incoming, outgoing));

  private constructor(target: string, port: number) {
    this.#target = target;
    this.url = `http://localhost:${port}`;
  }

  /** Event streams that were ever asked for. */
  get streamsAsked(): number {
    return this.askedAtMs.length;
  }

  static async start(target: string): Promise<Proxy> {
    const port = await freePort();
    const proxy = new Proxy(target, port);
    proxy.#server.listen(port, 'localhost');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #handle(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const path = incoming.url ?? '/';
    if (path.startsWith('/api/metrics?') || path === '/api/metrics') this.pollsAsked++;
    if (path.startsWith(STREAM)) {
      this.askedAtMs.push(Date.now());
      if (this.streamMode === 'refuse') {
        outgoing.writeHead(404).end('no such thing here');
        return;
      }
      if (this.streamMode === 'hold back') return;
      this.openStreams++;
      outgoing.on('close', () => this.openStreams--);
    }
    this.#pass(incoming, outgoing, path);
  }

  async *#listen(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let isFirst = true;
    for await (const chunk of stream) {
      if (isFirst) {
        this.streamsHeard++;
        this.lastHeardAtMs = Date.now();
      }
      isFirst = false;
      this.lastWords = { text: chunk.toString(), atMs: Date.now() };
      yield chunk;
    }
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse, path: string): void {
    const { method, headers } = incoming;
    const onward = request(`${this.#target}${path}`, { method, headers, agent: false }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
      outgoing.flushHeaders();
      const isStream = path.startsWith(STREAM);
      const source = isStream ? this.#listen(reply) : reply;
      const passed = path.startsWith('/api/') ? this.line.pass(source) : source;
      reply.once('aborted', () => {
        if (isStream && !outgoing.destroyed) this.streamsCut++;
      });
      // Whichever side ends first, the other does so too.
      pipeline(passed, outgoing).catch(() => outgoing.destroy());
    });
    onward.on('error', () => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502).end();
    });
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }
}
