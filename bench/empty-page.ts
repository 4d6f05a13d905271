import { createServer } from 'node:http';
import { freePort } from '../e2e/server.ts';

/** Serves a page with nothing on it: what no page can be faster than. */
export async function serveEmptyPage(): Promise<{ url: string; close(): void }> {
  const port = await freePort();
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>Empty</title><p>Empty');
  });
  await new Promise<void>((resolve) => {
    server.listen(port, 'localhost', resolve);
  });
  return {
    url: `http://localhost:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
