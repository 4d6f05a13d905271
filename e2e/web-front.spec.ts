import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { get as getOver1, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect, type IncomingHttpHeaders } from 'node:http2';
import { get as getSecurely } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { parseMetricsReply } from '#core/wire/metrics.ts';
import { parseStreamEvent } from '#core/wire/stream.ts';
import { createParser } from 'eventsource-parser';
import { test as base, expect } from './fixtures.ts';
import { WebFront } from './web-front.ts';

const TICK_MS = 200;
const CERTIFICATE_SCRIPT = 'scripts/local-certificate.sh';
const PAGE = { accept: 'text/html' };

const test = base.extend<{ front: WebFront }>({
  settings: { FLEET_TICK_MS: String(TICK_MS), FLEET_CUSTOMERS: '20' },
  front: async ({ server }, provide) => {
    const front = await WebFront.start(server.port);
    await provide(front);
    await front.close();
  },
});

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

async function replyOf(asked: ReturnType<typeof getOver1>): Promise<Reply> {
  const [response]: IncomingMessage[] = await once(asked, 'response');
  if (!response) throw new Error('no response');
  const { statusCode = 0, headers } = response;
  return { status: statusCode, headers, body: await buffer(response) };
}

/** Unlike `fetch`, it neither unpacks nor follows anything. */
function get(url: string, headers: Record<string, string> = {}, options: RequestOptions = {}) {
  return replyOf(getOver1(url, { ...options, headers }));
}

interface Heard {
  readonly id: string;
  readonly atMs: number;
  /** One for each row: when, who, which model, how many calls. */
  readonly rows: string[];
}

/** The first `count` events with metrics of a stream, and when each of them arrived. */
async function listen(stream: AsyncIterable<Buffer>, count: number): Promise<Heard[]> {
  const heard: Heard[] = [];
  const parser = createParser({
    onEvent({ event = '', data, id = '' }) {
      const parsed = parseStreamEvent(event, JSON.parse(data));
      if (!parsed.ok) throw new Error(parsed.reason);
      if (parsed.value?.name !== 'metrics') return;
      heard.push({ id, atMs: Date.now(), rows: parsed.value.data.metrics.map(lineOf) });
    },
  });
  for await (const chunk of stream) {
    parser.feed(String(chunk));
    if (heard.length >= count) break;
  }
  return heard.slice(0, count);
}

const sinceNow = () => `?since=${Date.now()}`;

const lineOf = (row: object) => JSON.stringify(row);

/** @param query without one, the stream begins with what it tells everybody of the last minutes */
async function openStream(url: string, headers: Record<string, string> = {}, query = '') {
  const [stream]: IncomingMessage[] = await once(
    getOver1(`${url}/api/stream${query}`, { headers }),
    'response',
  );
  if (!stream) throw new Error('no response');
  expect(stream.headers['content-type']).toContain('text/event-stream');
  return stream;
}

/** Each arrived soon after the one before, and soon after the tick that it tells of. */
function expectOneByOne(heard: readonly Heard[]): void {
  expect(heard.length).toBeGreaterThan(10);
  for (const [index, { atMs, id }] of heard.entries()) {
    const before = heard[index - 1];
    if (!before) continue;
    expect(atMs - Number(id), 'how old an event is when it arrives').toBeLessThan(5 * TICK_MS);
    expect(atMs - before.atMs, 'from one event to the next').toBeLessThan(5 * TICK_MS);
  }
  const instants = new Set(heard.map(({ atMs }) => Math.floor(atMs / (TICK_MS / 2))));
  expect(instants.size, 'not several at once').toBeGreaterThan(heard.length / 2);
}

test.describe('of one customer, whose events are too small to fill a buffer', () => {
  test.use({ settings: { FLEET_TICK_MS: String(TICK_MS), FLEET_CUSTOMERS: '1' } });

  test('O25 events come through nginx one by one', async ({ front }) => {
    const stream = await openStream(front.url, { 'accept-encoding': 'gzip' }, sinceNow());
    expect(stream.headers['content-encoding']).toBeUndefined();
    expectOneByOne((await listen(stream, 30)).slice(1));
  });
});

test('O26 a stream that is resumed through nginx misses nothing and repeats nothing', async ({
  server,
  front,
}) => {
  const first = await listen(await openStream(front.url), 5);
  const lastId = first.at(-1)?.id ?? '';
  // Some ticks pass while nobody listens.
  await listen(await openStream(server.url), 5);
  const second = await listen(await openStream(front.url, { 'last-event-id': lastId }), 5);

  const heard = second.flatMap(({ rows }) => rows);
  const asked = await fetch(`${server.url}/api/metrics?since=${lastId}`);
  const truth = parseMetricsReply(await asked.json());
  if (!truth.ok) throw new Error(truth.reason);
  const lastMs = Number(second.at(-1)?.id);
  const wanted = truth.value.metrics.filter(({ timestamp }) => Date.parse(timestamp) <= lastMs);
  expect(wanted.length).toBeGreaterThan(20);
  expect(heard).toEqual(wanted.map(lineOf));
});

test('O27 a path of the server is never answered with a page, whether or not there is a server', async ({
  server,
  front,
}) => {
  const paths = [
    '/api',
    '/api/',
    '/api/nothing',
    '/api/stream',
    '/api/health',
    '/v1/x',
    '/usage/x',
  ];
  paths.push('/upstream/x', '/api/page.html', '/usage', '/api/../api/nothing');
  for (const path of paths.filter((one) => one !== '/api/stream')) {
    const { headers } = await get(`${front.url}${path}`, PAGE);
    expect(headers['content-type'], path).toMatch(/^application\/(problem\+)?json/);
    expect(headers['burnrate-build'], path).toBeDefined();
  }
  await server.kill();
  for (const path of paths) {
    const { status, headers, body } = await get(`${front.url}${path}`, PAGE);
    expect(status, path).toBe(502);
    expect(headers['content-type'], path).toBe('application/problem+json');
    expect(headers['cache-control'], path).toBe('no-store');
    expect(JSON.parse(String(body))).toMatchObject({ type: 'about:blank', status: 502 });
  }
  expect((await get(`${front.url}/customers`, PAGE)).status, 'the page is there all the same').toBe(
    200,
  );
});

test('O28 nginx sends what the server would send, with the same headers', async ({
  server,
  front,
}) => {
  const script = readdirSync('dist/app/assets').find((name) => name.endsWith('.js'));
  const asked: [path: string, headers: Record<string, string>][] = [
    ['/', PAGE],
    ['/', {}],
    ['/customers/a.b/c', PAGE],
    ['/settings', PAGE],
    ['/settings', {}],
    ['/missing.js', PAGE],
    ['/assets/missing.js', {}],
    ['/assets', {}],
    ['/.build-stamp', {}],
    ['/.vite/manifest.json', {}],
    ['/sw.js', {}],
    ['/manifest.webmanifest', {}],
    ['/icon-192.png', {}],
    [`/assets/${script}`, {}],
    ['/api/nothing', {}],
    ['/api/metrics?since=x', {}],
    ['/api/metrics?limit=1', {}],
    ['/api/metrics/history?from=0&to=1', {}],
  ];
  for (const [path, headers] of asked) {
    const [own, through] = [
      await get(`${server.url}${path}`, headers),
      await get(`${front.url}${path}`, headers),
    ];
    expect(pick(through), path).toEqual(pick(own));
    const isText = own.status === 404 && !path.startsWith('/api');
    if (!isText && !path.includes('limit='))
      expect(String(through.body), path).toBe(String(own.body));
  }
});

/** Status and headers that must be the same whoever answers. */
function pick({ status, headers }: Reply) {
  const same = [
    'content-security-policy',
    'x-content-type-options',
    'referrer-policy',
    'x-powered-by',
    'burnrate-build',
  ];
  const kept = same.map((name) => [name, headers[name]]);
  const cacheControl = status === 404 ? 'of no matter' : headers['cache-control'];
  const type = String(headers['content-type']).split(';')[0];
  return { status, type, cacheControl, ...Object.fromEntries(kept) };
}

test('O29 nginx sends files as they lie packed on the disk, and those without a hash whole', async ({
  front,
}) => {
  const files = readdirSync('dist/app', { recursive: true, encoding: 'utf8' });
  const packed = files.filter((name) => /\.(js|css|html|svg|webmanifest)$/.test(name));
  expect(packed.length).toBeGreaterThan(10);
  for (const name of packed) {
    const { headers, body } = await get(`${front.url}/${name}`, { 'accept-encoding': 'gzip' });
    expect(headers['content-encoding'], name).toBe('gzip');
    expect(headers.vary, name).toContain('Accept-Encoding');
    expect(body.equals(readFileSync(join('dist/app', `${name}.gz`))), name).toBe(true);
  }
  for (const path of ['/', '/customers', '/sw.js', '/manifest.webmanifest']) {
    const { headers } = await get(`${front.url}${path}`, PAGE);
    expect(headers['cache-control']).toBe('no-cache');
    const again = await get(`${front.url}${path}`, {
      ...PAGE,
      'if-none-match': headers.etag ?? '*',
      'if-modified-since': String(headers['last-modified']),
    });
    expect(again.status, `${path} of another build may have the same date and size`).toBe(200);
  }
});

test('O30 with a certificate made by the script nginx speaks TLS and HTTP/2, and sends plain HTTP there', async ({
  server,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'burnrate-certificate-'));
  execFileSync('sh', [CERTIFICATE_SCRIPT, folder], { stdio: 'ignore' });
  const ca = readFileSync(join(folder, 'authority.pem'));
  const front = await WebFront.start(server.port, { CERTIFICATE_FOLDER: join(folder, 'web') });
  try {
    const secure = `https://localhost:${front.securePort}`;
    const moved = await get(`${front.url}/customers?of=a`);
    expect(moved.status).toBe(308);
    expect(moved.headers.location).toBe(`${secure}/customers?of=a`);
    expect((await replyOf(getSecurely(`${secure}/api/health`, { ca }))).status).toBe(200);
    await expect(replyOf(getSecurely(`${secure}/`)), 'nobody else vouches for it').rejects.toThrow(
      /certificate/,
    );

    const session = connect(secure, { ca });
    const stream = session.request({ ':path': `/api/stream${sinceNow()}` });
    const [headers]: IncomingHttpHeaders[] = await once(stream, 'response');
    expect(session.alpnProtocol).toBe('h2');
    expect(headers?.['content-type']).toContain('text/event-stream');
    const page = session.request({ ':path': '/', accept: 'text/html' });
    expect(await text(page)).toContain('<!doctype html>');
    expectOneByOne((await listen(stream, 20)).slice(1));
    session.destroy();
  } finally {
    await front.close();
    rmSync(folder, { recursive: true });
  }
});
