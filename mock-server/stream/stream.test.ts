import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MetricsReply } from '#core/wire/metrics.ts';
import { BUILD_HEADER, ROUTES } from '#core/wire/routes.ts';
import { createApp } from '../app.ts';
import { startHttpServer } from '../http-server.ts';
import { aRollup, aSeries } from '../testing/builders.ts';
import { NewsDesk } from '../ledger/news-desk.ts';
import { ScriptedStore } from '../testing/scripted-store.ts';
import { StreamReader } from '../testing/stream-reader.ts';
import { ownUpstream } from '../upstream/own-upstream.ts';
import { UsageDesk } from '../usage/usage-desk.ts';
import { Broadcaster } from './broadcaster.ts';
import { eventText } from './event-text.ts';

const TICK_MS = 50;
const AHEAD_MS = 60_000;

/** A server whose source ticks twenty times a second, used in two ticks of three, from a minute ago on. */
async function serve({ rowsPerTick = 1, tickMs = TICK_MS } = {}) {
  const startMs = Math.floor(Date.now() / 5_000) * 5_000 - AHEAD_MS;
  const store = new ScriptedStore({ tickMs, earliestMs: startMs });
  for (let atMs = startMs; atMs < startMs + 2 * AHEAD_MS; atMs += tickMs) {
    const tick = atMs / tickMs;
    if (tick % 3 === 0) continue;
    for (let row = 0; row < rowsPerTick; row++)
      store.use(atMs, aSeries(row), aRollup(1 + (tick % 5)));
  }
  const logged: unknown[] = [];
  const log = { error: () => undefined, warn: (text: unknown) => void logged.push(text) };
  const ledger = () => null;
  const news = new NewsDesk({ store, ledger, log });
  const deps = { store, ledger, news, now: () => Date.now(), build: 'test', log };
  const broadcaster = new Broadcaster(deps);
  const usage = new UsageDesk(ownUpstream(deps.now));
  const app = createApp({ ...deps, broadcaster, usage, appFolder: '/nowhere' });
  const started = await startHttpServer(app, { host: '127.0.0.1', port: 0 });
  if (!started.ok) throw new Error(started.reason);
  onTestFinished(async () => {
    broadcaster.close();
    await started.server.close();
  });
  return { store, logged, broadcaster, server: started.server, port: started.server.port };
}

const rowsOf = (replies: readonly MetricsReply[]) =>
  replies.flatMap((reply) => reply.metrics.map((row) => `${row.timestamp} ${row.totalTokens}`));

async function polled(port: number, since: number, watermark: number): Promise<string[]> {
  const reply = await fetch(`http://127.0.0.1:${port}${ROUTES.metrics}?since=${since}&limit=50000`);
  const body = (await reply.json()) as MetricsReply; // our own server's, checked in its own tests
  return rowsOf([body]).filter((line) => Date.parse(line.split(' ')[0] ?? '') <= watermark);
}

describe('the event stream', () => {
  it('E1 says hello, what is known, and then every tick, the empty ones too', async () => {
    const { port } = await serve();
    const reader = new StreamReader(port);
    await reader.until(() => reader.metrics.filter((one) => one.metrics.length === 0).length >= 3);
    expect(reader.response?.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      [BUILD_HEADER.toLowerCase()]: 'test',
    });
    expect(reader.response?.headers['content-encoding']).toBeUndefined();
    expect(reader.events[0]).toMatchObject({
      name: 'hello',
      data: { epoch: 'epoch-1', build: 'test' },
    });
    const ids = reader.events.map((event, i) => [event.name, reader.ids[i]]);
    for (const [i, event] of reader.events.entries()) {
      if (event.name === 'metrics') expect(ids[i]?.[1]).toBe(String(event.data.watermark));
    }
  });

  it('E2 resumes at any point, by since or by the last id, without hole or double', async () => {
    const { port } = await serve();
    const since = Date.now() - 20_000;
    const heard: MetricsReply[] = [];
    let from = since;
    for (const [i, events] of [3, 9, 1, 14].entries()) {
      const isById = i % 2 === 1;
      const reader = isById
        ? new StreamReader(port, '', { 'Last-Event-ID': String(from) })
        : new StreamReader(port, `?since=${from}`);
      await reader.until(() => reader.metrics.length >= events);
      const taken = reader.metrics.slice(0, events);
      reader.leave();
      heard.push(...taken);
      from = taken.at(-1)?.watermark ?? from;
    }
    const starts = heard.map((reply) => reply.since);
    const ends = heard.map((reply) => reply.watermark);
    expect(starts).toEqual([since, ...ends.slice(0, -1)]);
    expect(rowsOf(heard)).toEqual(await polled(port, since, from));
  });

  it('E3 catches a reader up in pages that a slow connection can take', async () => {
    const { port } = await serve({ rowsPerTick: 40 });
    const since = Date.now() - 50_000;
    const reader = new StreamReader(port, `?since=${since}`);
    await reader.until(() => reader.metrics.length >= 20);
    const watermark = reader.metrics.at(-1)?.watermark ?? 0;
    expect(Math.max(...reader.metrics.map((one) => one.metrics.length))).toBeLessThanOrEqual(2_000);
    expect(rowsOf(reader.metrics)).toEqual(await polled(port, since, watermark));
    reader.leave();
  });

  it('E4 says goodbye when the server stops, which the stream does not hold up', async () => {
    const { port, broadcaster, server } = await serve();
    const reader = new StreamReader(port);
    await reader.until(() => reader.metrics.length >= 2);
    broadcaster.close();
    await server.close();
    await reader.until(() => reader.isClosed);
    expect(reader.events.at(-1)).toEqual({ name: 'bye', data: { retryAfterMs: 1_000 } });
  });

  it('E5 drops a reader who takes nothing, while another goes on', async () => {
    // So seldom that a busy machine is not late: who is behind through no fault of his own is waited for longer.
    const { port, logged } = await serve({ rowsPerTick: 6_000, tickMs: 500 });
    const stuck = new StreamReader(port, `?since=${Date.now()}`, {}, false);
    const reader = new StreamReader(port, `?since=${Date.now()}`);
    await stuck.until(() => stuck.response !== null);
    stuck.response?.pause();
    await reader.until(() => reader.metrics.length >= 24);
    const { socket } = stuck.response ?? {};
    // What the kernel holds for the reader may still be read; the end of it comes all the same.
    stuck.response?.resume();
    await stuck.until(() => stuck.isClosed);
    expect(socket?.destroyed).toBe(true);
    expect(reader.isClosed).toBe(false);
    expect(logged).toEqual(['a reader of the stream takes nothing, and is dropped']);
    reader.leave();
  }, 60_000);

  it('E6 announces a revision once to each reader, with the tick that follows it', async () => {
    const { port, store } = await serve();
    const reader = new StreamReader(port, `?since=${Date.now() - 1_000}&revision=0`);
    await reader.until(() => reader.metrics.length >= 3);
    const atMs = Math.floor(Date.now() / 5_000) * 5_000 - 10_000;
    store.revise(atMs, aSeries(0), aRollup(9));
    const before = reader.metrics.length;
    await reader.until(() => reader.metrics.length >= before + 6);
    const revised = reader.metrics.filter((reply) => reply.revised !== undefined);
    expect(revised).toHaveLength(1);
    expect(revised[0]).toMatchObject({ revision: 1, revised: [{ from: atMs, to: atMs + 5_000 }] });
    reader.leave();
  });

  it('E7 ends when the source becomes another data set', async () => {
    const { port, store } = await serve();
    const reader = new StreamReader(port);
    await reader.until(() => reader.metrics.length >= 2);
    store.startEpoch('epoch-2');
    await reader.until(() => reader.isClosed);
    expect(reader.events.at(-1)?.name).toBe('bye');
    expect(new Set(reader.metrics.map((reply) => reply.epoch))).toEqual(new Set(['epoch-1']));
  });

  it.each([
    ['?since=yesterday', {}, 'since'],
    ['?revision=-1', {}, 'revision'],
    ['', { 'Last-Event-ID': 'not an id' }, 'Last-Event-ID'],
  ])('E8 refuses %s %o before it begins', async (query, headers, parameter) => {
    const { port } = await serve();
    const reply = await fetch(`http://127.0.0.1:${port}${ROUTES.stream}${query}`, { headers });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ status: 400, parameter });
  });

  it.each(['HEAD', 'POST'])('E8 refuses %s', async (method) => {
    const { port } = await serve();
    const reply = await fetch(`http://127.0.0.1:${port}${ROUTES.stream}`, { method });
    expect(reply.status).toBe(405);
    expect(reply.headers.get('Allow')).toBe('GET');
  });
});

describe('the text of an event', () => {
  it('E9 keeps line breaks in data from ending the line', () => {
    const hello = { epoch: 'a\nb\rc', build: '\u2028\n\n', serverTime: 1, revision: 0 };
    const heard: EventSourceMessage[] = [];
    createParser({ onEvent: (message) => heard.push(message) }).feed(
      eventText({ name: 'hello', data: hello }, '7'),
    );
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ event: 'hello', id: '7' });
    expect(JSON.parse(heard[0]?.data ?? '')).toEqual(hello);
  });

  it.each(['1\n2', '1\r', 'a\0'])('E9 refuses an id that would break the framing: %j', (id) => {
    const event = { name: 'heartbeat', data: { serverTime: 1 } } as const;
    expect(() => eventText(event, id)).toThrow(RangeError);
  });
});
