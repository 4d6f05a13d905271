import { Agent, type IncomingMessage, type RequestListener, request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type HttpServer, type ListenOptions, originOf, startHttpServer } from './http-server.ts';

const HOST = '127.0.0.1';

async function serve(
  listener: RequestListener,
  options: Partial<ListenOptions> = {},
): Promise<HttpServer> {
  const started = await startHttpServer(listener, { host: HOST, port: 0, ...options });
  if (!started.ok) throw new Error(started.reason);
  onTestFinished(started.server.close);
  return started.server;
}

/** An agent that keeps its connections, as browsers do. */
function aKeepAliveAgent(): Agent {
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  return agent;
}

/** The body of the answer to a GET. */
function get(port: number, agent = aKeepAliveAgent()): Promise<string> {
  return new Promise((resolve, reject) => {
    const read = (response: IncomingMessage) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () => resolve(body));
      response.on('error', reject);
    };
    request({ host: HOST, port, agent }, read).on('error', reject).end();
  });
}

/** A listener that answers when told; `arrived` settles with the first request. */
function aSlowListener() {
  const { promise: arrived, resolve: arrive } = withResolvers();
  const { promise: told, resolve: answer } = withResolvers();
  const listener: RequestListener = async (_request, response) => {
    response.write('half, ');
    arrive();
    await told;
    response.end('whole');
  };
  return { listener, arrived, answer };
}

function withResolvers() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

/** Longer than any test: what ends in time was not cut. */
const NEVER_MS = 600_000;

describe('HTTP server', () => {
  it('O22 lets a request under way end before it stops, and accepts no other', async () => {
    const { listener, arrived, answer } = aSlowListener();
    const server = await serve(listener, { graceMs: NEVER_MS });
    const underWay = get(server.port);
    await arrived;
    const closed = server.close();
    await expect(get(server.port)).rejects.toThrow('ECONNREFUSED');
    answer();
    expect(await underWay).toBe('half, whole');
    await closed;
  });

  it('O22 closes connections that are only kept open', async () => {
    const server = await serve((_, response) => void response.end('done'), { graceMs: NEVER_MS });
    const agent = aKeepAliveAgent();
    expect(await get(server.port, agent)).toBe('done');
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(1);
    await server.close();
  });

  it('O22 cuts what does not end in time', async () => {
    const { listener, arrived } = aSlowListener();
    const server = await serve(listener, { graceMs: 1 });
    const underWay = expect(get(server.port)).rejects.toThrow('aborted');
    await arrived;
    await server.close();
    await underWay;
  });

  it('O22 can be closed twice', async () => {
    const server = await serve((_, response) => void response.end());
    const first = server.close();
    expect(server.close()).toBe(first);
    await first;
    await server.close();
  });

  it('O23 says which port is taken and what to do', async () => {
    const { port } = await serve((_, response) => void response.end());
    expect(await startHttpServer(() => {}, { host: HOST, port })).toEqual({
      ok: false,
      reason: `Port ${port} is taken: stop what uses it, or set PORT to another.`,
    });
  });

  it('O23 says which host is not of this machine', async () => {
    // 192.0.2.1 is set aside for documentation (RFC 5737).
    expect(await startHttpServer(() => {}, { host: '192.0.2.1', port: 0 })).toEqual({
      ok: false,
      reason:
        'HOST is "192.0.2.1", which is no address of this machine: set it to 127.0.0.1 or 0.0.0.0.',
    });
  });

  it.each([
    ['127.0.0.1', 'http://localhost:8787'],
    ['0.0.0.0', 'http://localhost:8787'],
    ['::', 'http://localhost:8787'],
    ['localhost', 'http://localhost:8787'],
    ['wall.example', 'http://wall.example:8787'],
    ['fe80::7', 'http://[fe80::7]:8787'],
  ])('O24 is found at an address that a browser takes: %s', (host, origin) => {
    expect(originOf(host, 8787)).toBe(origin);
  });
});
