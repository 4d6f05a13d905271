import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { freePort } from '../e2e/server.ts';

/** Passes everything on, and counts what the server sends and how often history is asked for. */
export class CountingProxy {
  readonly url: string;
  /** From the server to the browser, headers too. */
  bytes = 0;
  historyAsked = 0;
  readonly #server;

  private constructor(port: number, target: number) {
    this.url = `http://localhost:${port}`;
    this.#server = createServer((incoming) => {
      const onward = connect(target, 'localhost');
      incoming.on('data', (data: Buffer) => {
        this.historyAsked += data.toString('latin1').split('GET /api/metrics/history').length - 1;
      });
      onward.on('data', (data) => (this.bytes += data.length));
      // Either end going away, a killed server too, ends the other.
      incoming.on('error', () => onward.destroy());
      onward.on('error', () => incoming.destroy());
      incoming.pipe(onward).pipe(incoming);
    });
    this.#server.listen(port, 'localhost');
  }

  static async start(target: number): Promise<CountingProxy> {
    const proxy = new CountingProxy(await freePort(), target);
    await once(proxy.#server, 'listening');
    return proxy;
  }

  reset(): void {
    this.bytes = 0;
    this.historyAsked = 0;
  }

  close(): void {
    this.#server.close();
  }
}
