import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { compressing } from './compressing.ts';
import { startHttpServer } from './http-server.ts';

const LONG = 'data: the same again\n\n'.repeat(200);

/** How a long text of this type is encoded on its way. */
async function encodingOf(type: string): Promise<string | null> {
  const app = express();
  app.use(compressing(), (_request, response) => void response.type(type).send(LONG));
  const started = await startHttpServer(app, { host: '127.0.0.1', port: 0 });
  if (!started.ok) throw new Error(started.reason);
  onTestFinished(started.server.close);
  const response = await fetch(`http://127.0.0.1:${started.server.port}`, {
    headers: { 'Accept-Encoding': 'gzip' },
  });
  expect(await response.text()).toBe(LONG);
  return response.headers.get('Content-Encoding');
}

describe('compression', () => {
  it.each(['application/json', 'application/problem+json', 'text/html', 'text/javascript'])(
    'A11 compresses %s',
    async (type) => {
      expect(await encodingOf(type)).toBe('gzip');
    },
  );

  it.each(['text/event-stream', 'text/event-stream; charset=utf-8', 'image/png'])(
    'A11 leaves %s as it is',
    async (type) => {
      expect(await encodingOf(type)).toBeNull();
    },
  );
});
