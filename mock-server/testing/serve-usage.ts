import { type IncomingMessage, request as httpRequest } from 'node:http';
import { onTestFinished } from 'vitest';
import { createApp } from '../app.ts';
import { startHttpServer } from '../http-server.ts';
import { NewsDesk } from '../ledger/news-desk.ts';
import { Broadcaster } from '../stream/broadcaster.ts';
import { httpUpstream } from '../usage/http-upstream.ts';
import { UsageDesk } from '../usage/usage-desk.ts';
import type { ScriptedUpstream } from './scripted-upstream.ts';
import { ScriptedStore } from './scripted-store.ts';

/** When the messages were sent, and what the clock shows. */
export const AT = '2026-11-03T09:15:00.000Z';
/** What the upstream is asked first. */
export const MESSAGES = '/messages/current-period';
export const REVIEW = { id: 7, name: 'Spend review', credit_cost: 12.5 };
const TIMEOUT_MS = 300;

/** Serves `/usage` from an upstream on a real socket until the test ends. */
export async function serveUsage(upstream: ScriptedUpstream | string, limits = {}) {
  const address = typeof upstream === 'string' ? upstream : await upstream.start();
  const logged: unknown[] = [];
  const log = { error: (...message: unknown[]) => logged.push(message), warn: () => undefined };
  const store = new ScriptedStore();
  const ledger = () => null;
  const news = new NewsDesk({ store, ledger, log });
  const deps = { store, ledger, news, now: () => Date.parse(AT), build: 'test-build', log };
  const bounds = { timeoutMs: TIMEOUT_MS, mostBytes: 20_000_000 };
  const usage = new UsageDesk(httpUpstream(address, bounds), { firstWaitMs: 5, ...limits });
  const broadcaster = new Broadcaster(deps);
  const app = createApp({ ...deps, broadcaster, usage, appFolder: '/nowhere' });
  const started = await startHttpServer(app, { host: '127.0.0.1', port: 0 });
  if (!started.ok) throw new Error(started.reason);
  onTestFinished(started.server.close);
  const { port } = started.server;
  const url = `http://127.0.0.1:${port}/usage`;
  const get = () => fetch(url);
  /** `fetch` would say that it wants nothing confirmed. */
  const getUnless = (tag: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { 'If-None-Match': tag };
      const asked = httpRequest(url, { headers }, (response) => resolve(response.resume()));
      asked.on('error', reject).end();
    });
  return { get, getUnless, body: async () => (await get()).json(), logged };
}

/** A message of 10 characters, 1.20 credits. */
export function aMessage(fields: object = {}) {
  return { id: 1, text: 'ten letter', timestamp: AT, ...fields };
}
