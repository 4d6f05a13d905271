import { type RequestListener, type Server, createServer } from 'node:http';

/** How long requests under way may take to end when the server stops. */
const GRACE_MS = 5_000;

export interface HttpServer {
  readonly port: number;
  /** Accepts nothing more, lets requests under way end, then cuts what is left. May be called twice. */
  readonly close: () => Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  /** 0: the system chooses one. */
  readonly port: number;
  readonly graceMs?: number;
}

/** Serves `listener`; when it cannot, one line says what to do. */
export async function startHttpServer(
  listener: RequestListener,
  { host, port, graceMs = GRACE_MS }: ListenOptions,
): Promise<{ ok: true; server: HttpServer } | { ok: false; reason: string }> {
  const server = createServer(listener);
  const failure = await listening(server, host, port);
  if (failure) return { ok: false, reason: adviceFor(failure, host, port) };
  let closing: Promise<void> | null = null;
  server.on('request', (_request, response) => {
    response.once('close', () => {
      // The connection counts as idle only after this event.
      if (closing) setImmediate(() => server.closeIdleConnections());
    });
  });
  const close = () => (closing ??= closed(server, graceMs));
  const address = server.address();
  const actualPort = typeof address === 'object' && address ? address.port : port;
  return { ok: true, server: { port: actualPort, close } };
}

/** Where a browser on this machine finds what listens on `host`. */
export function originOf(host: string, port: number): string {
  const isThisMachine = ['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host);
  const name = isThisMachine ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function listening(server: Server, host: string, port: number): Promise<Error | null> {
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen(port, host, () => {
      server.off('error', resolve);
      resolve(null);
    });
  });
}

function closed(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
  });
}

function adviceFor(error: Error, host: string, port: number): string {
  switch ('code' in error ? error.code : null) {
    case 'EADDRINUSE':
      return `Port ${port} is taken: stop what uses it, or set PORT to another.`;
    case 'EACCES':
      return `Port ${port} is not allowed to this user: set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST is "${host}", which is no address of this machine: set it to 127.0.0.1 or 0.0.0.0.`;
    default:
      return `Cannot listen on ${host}, port ${port}: ${error.message}.`;
  }
}
