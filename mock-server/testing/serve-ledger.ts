import { onTestFinished } from 'vitest';
import { createApp } from '../app.ts';
import { startHttpServer } from '../http-server.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { NewsDesk } from '../ledger/news-desk.ts';
import { Broadcaster } from '../stream/broadcaster.ts';
import { ownUpstream } from '../upstream/own-upstream.ts';
import { UsageDesk } from '../usage/usage-desk.ts';
import { ScriptedStore } from './scripted-store.ts';

interface ServeOptions {
  readonly ledger: () => Ledger | null;
  readonly store?: ScriptedStore;
  readonly now?: () => number;
  readonly everyMs?: number;
}

/** Serves a ledger over HTTP until the test ends. */
export async function serveLedger({
  ledger,
  store = new ScriptedStore(),
  now = Date.now,
  everyMs,
}: ServeOptions) {
  const logged: unknown[] = [];
  const note = (...message: unknown[]) => void logged.push(message);
  const log = { error: note, warn: note };
  const news = new NewsDesk({ store, ledger, log, everyMs: everyMs ?? null });
  const deps = { store, news, ledger, now, build: 'test', log };
  const broadcaster = new Broadcaster(deps);
  const usage = new UsageDesk(ownUpstream(now));
  const app = createApp({ ...deps, broadcaster, usage, appFolder: '/nowhere' });
  const started = await startHttpServer(app, { host: '127.0.0.1', port: 0 });
  if (!started.ok) throw new Error(started.reason);
  const { server } = started;
  onTestFinished(async () => {
    news.close();
    broadcaster.close();
    await server.close();
  });
  const origin = `http://127.0.0.1:${server.port}`;
  const send = (path: string, init: RequestInit) => fetch(`${origin}${path}`, init);
  return {
    store,
    news,
    logged,
    port: server.port,
    send,
    get: (path: string) => send(path, {}),
    put: (path: string, body: unknown) =>
      send(path, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}
