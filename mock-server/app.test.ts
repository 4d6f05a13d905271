import { mkdirSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { healthReplySchema } from '#core/wire/health.ts';
import { parseHistoryReply } from '#core/wire/history.ts';
import { parseMetricsReply } from '#core/wire/metrics.ts';
import { problemSchema } from '#core/wire/problem.ts';
import { parseStatsReply } from '#core/wire/stats.ts';
import { type AppDeps, createApp } from './app.ts';
import { startHttpServer } from './http-server.ts';
import { NewsDesk } from './ledger/news-desk.ts';
import { Broadcaster } from './stream/broadcaster.ts';
import { aRollup, aSeries } from './testing/builders.ts';
import { ScriptedStore } from './testing/scripted-store.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { ownUpstream } from './upstream/own-upstream.ts';
import { UsageDesk } from './usage/usage-desk.ts';

const START_MS = Date.UTC(2024, 4, 6, 12);
const NOW_MS = START_MS + 62_345;

interface ServeOptions {
  readonly store?: ScriptedStore;
  readonly appFolder?: string;
  readonly ledger?: AppDeps['ledger'];
}

/** Serves on a free port until the test ends; `logged` is what went to the log as an error. */
async function serve({
  store = aStore(),
  appFolder = '/nowhere',
  ledger = () => null,
}: ServeOptions = {}) {
  const logged: unknown[] = [];
  const log = { error: (...message: unknown[]) => logged.push(message), warn: () => undefined };
  const news = new NewsDesk({ store, ledger, log });
  const deps = { store, news, now: () => NOW_MS, build: 'test-build', log };
  const usage = new UsageDesk(ownUpstream(deps.now));
  const app = createApp({ ...deps, broadcaster: new Broadcaster(deps), usage, ledger, appFolder });
  const started = await startHttpServer(app, { host: '127.0.0.1', port: 0 });
  if (!started.ok) throw new Error(started.reason);
  onTestFinished(started.server.close);
  const origin = `http://127.0.0.1:${started.server.port}`;
  const get = (path: string, init?: RequestInit) => fetch(`${origin}${path}`, init);
  return { origin, get, logged };
}

function aStore(): ScriptedStore {
  const store = new ScriptedStore({ earliestMs: START_MS });
  for (let i = 0; i < 60; i++) store.use(START_MS + i * 1_000, aSeries(i), aRollup());
  return store;
}

/** A folder as the build leaves it. */
function aBuiltApp(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<title>Burnrate</title>');
  writeFileSync(join(folder, 'sw.js'), '// worker');
  writeFileSync(join(folder, 'manifest.webmanifest'), '{}');
  writeFileSync(join(folder, 'assets', 'index-abc123.js'), '// page');
  return folder;
}

/** Status of a GET that is sent as it is: `fetch` tidies paths, and adds headers of its own. */
async function statusOf(
  origin: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<number | undefined> {
  return (await plainGet(origin, path, headers)).statusCode;
}

function plainGet(
  origin: string,
  path: string,
  headers: Record<string, string>,
): Promise<IncomingMessage> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ hostname, port, path, headers }, (response) => {
      response.resume();
      resolve(response);
    });
    asked.on('error', reject).end();
  });
}

const NAVIGATION = { headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };

describe('the API over HTTP', () => {
  it('A9 answers each route with its own shape, its build and its clock', async () => {
    const { get } = await serve();
    const routes = {
      '/api/health': (body: unknown) => healthReplySchema.safeParse(body).success,
      '/api/metrics?limit=5': (body: unknown) => parseMetricsReply(body).ok,
      [`/api/metrics/history?from=${START_MS}&to=${NOW_MS + 60_000}`]: (body: unknown) =>
        parseHistoryReply(body).ok,
      '/api/stats?window=5m': (body: unknown) => parseStatsReply(body).ok,
    };
    for (const [path, isGood] of Object.entries(routes)) {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
      expect(response.headers.get('Burnrate-Build')).toBe('test-build');
      expect(response.headers.get('Server-Time')).toBe(String(NOW_MS));
      expect(response.headers.get('Cache-Control')).toBe('no-store');
      expect(response.headers.get('ETag')).toBeNull();
      expect(isGood(await response.json())).toBe(true);
    }
  });

  it('A24 lets closed history be kept, and confirms it without sending it again', async () => {
    const { get, origin } = await serve();
    const path = `/api/metrics/history?from=${START_MS}&to=${START_MS + 30_000}`;
    const first = await get(path);
    const tag = first.headers.get('ETag') ?? '';
    expect(tag).toMatch(/^W\/".+"$/);
    expect(first.headers.get('Cache-Control')).toBe('private, no-cache');
    const again = await plainGet(origin, path, { 'If-None-Match': tag });
    expect(again.statusCode).toBe(304);
    expect(again.headers['content-length']).toBeUndefined();
    expect(again.headers['burnrate-build']).toBe('test-build');
    expect(again.headers['server-time']).toBe(String(NOW_MS));
    const other = await get(path, { headers: { 'If-None-Match': 'W/"other"' } });
    expect(other.status).toBe(200);
    expect(parseHistoryReply(await other.json()).ok).toBe(true);
  });

  it('A9 says how it is', async () => {
    const { get } = await serve();
    expect(await (await get('/api/health')).json()).toEqual({
      status: 'ok',
      build: 'test-build',
      epoch: 'epoch-1',
      serverTime: NOW_MS,
      watermark: NOW_MS - 346,
      source: { kind: 'fleet', label: 'a script', isLatencyModelled: false },
    });
  });

  it('A9 hands the parameters of the URL on', async () => {
    const { get } = await serve();
    const since = new Date(START_MS + 55_000).toISOString();
    const body = parseMetricsReply(await (await get(`/api/metrics?since=${since}&limit=2`)).json());
    expect(body.ok && body.value.metrics.map((update) => update.customerId)).toEqual([
      'customer-56',
      'customer-57',
    ]);
  });

  it.each([
    ['/api/metrics?since=', 400, 'since'],
    ['/api/metrics?since=1&since=2', 400, 'since'],
    ['/api/metrics?since[a]=1&limit[]=2&limit=x', 400, 'limit'],
    ['/api/metrics/history?from=5&to=5', 400, 'from'],
    ['/api/stats?window=1y', 400, 'window'],
    ['/api', 404, undefined],
    ['/api/', 404, undefined],
    ['/api/metrics/', 404, undefined],
    ['/api/Metrics', 404, undefined],
    ['/api/nothing?since=x', 404, undefined],
    ['/usage/', 404, undefined],
    ['/upstream/reports/1', 404, undefined],
  ])('A10 answers %s with a problem of status %i', async (path, status, parameter) => {
    const { get, logged } = await serve({ appFolder: aBuiltApp() });
    const response = await get(path, NAVIGATION);
    expect(response.status).toBe(status);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');
    expect(response.headers.get('Burnrate-Build')).toBe('test-build');
    expect(response.headers.get('Server-Time')).toBe(String(NOW_MS));
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    const problem = problemSchema.parse(await response.json());
    expect(problem).toMatchObject({ type: 'about:blank', status });
    expect(problem.parameter).toBe(parameter);
    expect(logged).toEqual([]);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('A10 allows no %s', async (method) => {
    const { get } = await serve();
    const response = await get('/api/metrics', { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toBe('GET, HEAD');
    expect(response.headers.get('Burnrate-Build')).toBe('test-build');
    expect(problemSchema.parse(await response.json()).title).toBe('Method Not Allowed');
  });

  it('A10 answers HEAD with the headers alone', async () => {
    const { get } = await serve();
    const response = await get('/api/health', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('Server-Time')).toBe(String(NOW_MS));
    expect(await response.text()).toBe('');
  });

  it('A10 keeps to itself what went wrong inside, and logs it', async () => {
    const store = aStore();
    store.ticks = () => {
      throw new Error('secret');
    };
    const { get, logged } = await serve({ store });
    const response = await get('/api/metrics');
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
    });
    expect(response.headers.get('Burnrate-Build')).toBe('test-build');
    expect(logged).toHaveLength(1);
  });

  it('A11 compresses what is large', async () => {
    const { get } = await serve();
    const gzip = { headers: { 'Accept-Encoding': 'gzip' } };
    const large = await get('/api/metrics', gzip);
    expect(large.headers.get('Content-Encoding')).toBe('gzip');
    expect(large.headers.get('Vary')).toBe('Accept-Encoding');
    expect(parseMetricsReply(await large.json()).ok).toBe(true);
    expect((await get('/api/health', gzip)).headers.get('Content-Encoding')).toBeNull();
  });
});

describe('the page over HTTP', () => {
  it('A12 keeps hashed assets for a year, and asks anew for the rest', async () => {
    const { origin, get } = await serve({ appFolder: aBuiltApp() });
    const cacheOf = async (path: string) => (await get(path)).headers.get('Cache-Control');
    expect(await cacheOf('/assets/index-abc123.js')).toBe('public, max-age=31536000, immutable');
    for (const path of ['/', '/index.html', '/sw.js', '/manifest.webmanifest']) {
      expect(await cacheOf(path)).toBe('no-cache');
    }
    const etag = (await get('/sw.js')).headers.get('ETag') ?? '';
    expect(await statusOf(origin, '/sw.js', { 'If-None-Match': etag })).toBe(304);
  });

  it.each(['/', '/history', '/customers/acme-robotics'])(
    'A12 answers a navigation to %s with the page',
    async (path) => {
      const { get } = await serve({ appFolder: aBuiltApp() });
      const response = await get(path, NAVIGATION);
      expect(response.status).toBe(200);
      expect(response.headers.get('Content-Type')).toMatch(/^text\/html/);
      expect(response.headers.get('Cache-Control')).toBe('no-cache');
      expect(await response.text()).toBe('<title>Burnrate</title>');
    },
  );

  it.each([
    ['a missing asset', '/assets/old-def456.js', NAVIGATION],
    ['a missing file', '/favicon.png', NAVIGATION],
    ['a fetch of no file', '/history', { headers: { Accept: '*/*' } }],
    ['a form', '/history', { ...NAVIGATION, method: 'POST' }],
    ['a file above the folder', '/..%2Fsecret', NAVIGATION],
  ])('A12 answers %s with 404, not with the page', async (_, path, init) => {
    const { get } = await serve({ appFolder: aBuiltApp() });
    const response = await get(path, init);
    expect(response.status).toBe(404);
    expect(response.headers.get('Content-Type')).toMatch(/^text\/plain/);
  });

  it('A12 survives a path that cannot be decoded', async () => {
    const { origin, logged } = await serve({ appFolder: aBuiltApp() });
    expect(await statusOf(origin, '/%ff')).toBe(404);
    expect(await statusOf(origin, '/api/%ff')).toBe(404);
    expect(await statusOf(origin, '//api/health')).toBe(404);
    expect(logged).toEqual([]);
  });

  it('A13 says that the page is not built, serves the API all the same, and the page once it is', async () => {
    const appFolder = join(temporaryFolder(), 'app');
    const { get } = await serve({ appFolder });
    const missing = await get('/', NAVIGATION);
    expect(missing.status).toBe(503);
    expect(missing.headers.get('Cache-Control')).toBe('no-store');
    expect(await missing.text()).toContain('run `npm run build` first');
    expect((await get('/api/health')).status).toBe(200);
    mkdirSync(appFolder);
    writeFileSync(join(appFolder, 'index.html'), 'built');
    expect(await (await get('/', NAVIGATION)).text()).toBe('built');
  });

  it('A14 lets nothing foreign in', async () => {
    const { get } = await serve({ appFolder: aBuiltApp() });
    for (const path of ['/', '/api/health', '/api/nothing', '/missing.js']) {
      const { headers } = await get(path);
      expect(headers.get('Content-Security-Policy')).toBe(
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; worker-src 'self'; " +
          "connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Referrer-Policy')).toBe('no-referrer');
      expect(headers.get('X-Powered-By')).toBeNull();
    }
  });
});
