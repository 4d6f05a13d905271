import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { BUILD_HEADER, SERVER_TIME_HEADER } from '#core/wire/routes.ts';
import { Browser } from '#app/testing/browser.ts';
import { cachedLines } from '#app/testing/cache-truth.ts';

type Distort = (reply: Response) => Response | Promise<Response>;

const HTML = '<!doctype html><title>Please log in</title>';

async function changed(reply: Response, change: (body: Record<string, unknown>) => unknown) {
  const body = (await reply.json()) as Record<string, unknown>; // our own scripted reply
  return Response.json(change(body), { headers: reply.headers });
}

function withoutHeader(name: string): Distort {
  return (reply) => {
    const headers = new Headers(reply.headers);
    headers.delete(name);
    return new Response(reply.body, { headers });
  };
}

const broken: readonly [what: string, reason: string, distort: Distort][] = [
  [
    'a login page with status 200',
    'not the Burnrate server',
    () => new Response(HTML, { headers: { 'Content-Type': 'text/html' } }),
  ],
  [
    'a login page that carries our headers',
    'not the Burnrate server',
    (reply) => {
      const headers = new Headers(reply.headers);
      headers.set('Content-Type', 'text/html');
      return new Response(HTML, { headers });
    },
  ],
  ['204', 'not the Burnrate server', () => new Response(null, { status: 204 })],
  ['502 of a proxy', 'server error', () => new Response(HTML, { status: 502 })],
  ['404 of a stranger', 'not the Burnrate server', () => new Response(HTML, { status: 404 })],
  [
    'JSON that is cut short',
    'malformed reply',
    async (reply) => new Response((await reply.text()).slice(0, -20), { headers: reply.headers }),
  ],
  [
    'a body that breaks off',
    'unreachable',
    (reply) => {
      const body = new ReadableStream({
        start: (controller) => controller.error(new TypeError('connection lost')),
      });
      return new Response(body, { headers: reply.headers });
    },
  ],
  ['a body of another shape', 'malformed reply', (reply) => changed(reply, () => ({ ok: true }))],
  [
    'a watermark that is missing',
    'malformed reply',
    (reply) => changed(reply, ({ watermark: _, ...rest }) => rest),
  ],
  [
    'a negative count in one row',
    'malformed reply',
    (reply) => changed(reply, (body) => ({ ...body, metrics: [{ ...sampleRow, totalCalls: -1 }] })),
  ],
  ['a reply without build header', 'not the Burnrate server', withoutHeader(BUILD_HEADER)],
  ['a reply without server time', 'not the Burnrate server', withoutHeader(SERVER_TIME_HEADER)],
];

const sampleRow = {
  timestamp: '2026-11-21T09:00:00.000Z',
  tenantId: 'north',
  customerId: 'acme',
  model: 'gpt-4o',
  totalCalls: 1,
  totalTokens: 1,
  totalCost: 1,
  avgLatencyMs: 1,
};

describe('a reply that does not count', () => {
  it.each(broken)(
    'C7 (%s) changes nothing cached, is named, and trying goes on',
    async (_, reason, distort) => {
      const browser = new Browser();
      const tab = browser.openTab();
      await browser.live(20_000);
      const before = await cachedLines(browser.store);
      const frame = tab.look();
      browser.server.distort = distort;
      const asked = browser.server.asked.length;
      await browser.live(45_000);
      expect(await cachedLines(browser.store)).toEqual(before);
      expect(tab.look()?.tokenSeries.tokens).not.toContain(null);
      expect(tab.frame?.asOfMs).toBeGreaterThanOrEqual(frame?.asOfMs ?? 0);
      expect(tab.status?.connection).toMatchObject({ kind: 'waiting', reason });
      expect(browser.server.asked.length - asked).toBeGreaterThanOrEqual(4);
      browser.server.distort = null;
      await browser.live(40_000);
      expect(tab.status?.connection.kind).toBe('live');
    },
  );

  it('C8 a reply that does not come is given up after 15 s', async () => {
    const browser = new Browser();
    const tab = browser.openTab();
    await browser.live(20_000);
    browser.server.distort = () => new Promise(() => undefined);
    await browser.live(18_000);
    expect(tab.status?.connection).toMatchObject({ kind: 'waiting', reason: 'timeout' });
  });
});
