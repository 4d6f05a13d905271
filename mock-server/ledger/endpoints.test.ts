import { describe, expect, it } from 'vitest';
import { parseAckReply, parseAnomaliesReply } from '#core/wire/anomalies.ts';
import { problemSchema } from '#core/wire/problem.ts';
import { ROUTES } from '#core/wire/routes.ts';
import { anAckRequest, anIncident } from '#core/wire/testing/anomalies.ts';
import { serveLedger } from '../testing/serve-ledger.ts';
import type { Ledger } from './ledger.ts';
import { sharedLedger } from './testing/shared-ledger.ts';

const NOW_MS = Date.UTC(2026, 10, 3, 10);
const ACK_PATH = `/api/anomalies/${anIncident().id}/ack`;
const JSON_TYPE = { 'Content-Type': 'application/json' };

const ledgerOf = sharedLedger();

async function serve(ledger: Ledger | null) {
  const { store, get, put, send } = await serveLedger({ ledger: () => ledger, now: () => NOW_MS });
  return {
    store,
    get,
    put: (body: unknown, path = ACK_PATH) => put(path, body),
    send: (init: RequestInit, path = ACK_PATH) => send(path, init),
  };
}

/** The problem that a reply tells, with all that belongs to one. */
async function problemOf(response: Response) {
  expect(response.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
  expect(response.headers.get('Burnrate-Build')).toBe('test');
  const problem = problemSchema.parse(await response.json());
  expect(problem.status).toBe(response.status);
  return problem;
}

describe('the ledger over HTTP', () => {
  it('K25 tells incidents, takes a decision about one, and tells that', async () => {
    const ledger = ledgerOf();
    const { get, put, store } = await serve(ledger);
    const { revision } = await ledger.mark();
    await ledger.save(store.epoch, [anIncident()]);
    const told = async (query = '') => {
      const response = await get(`/api/anomalies${query}`);
      expect(response.status).toBe(200);
      expect(response.headers.get('Cache-Control')).toBe('no-store');
      const parsed = parseAnomaliesReply(await response.json());
      if (!parsed.ok) throw new Error(parsed.reason);
      return parsed.value;
    };
    const first = await told();
    expect(first).toMatchObject({
      epoch: store.epoch,
      hasMore: false,
      revision: revision + 1,
      acks: [],
    });
    expect(first.anomalies).toEqual([{ ...anIncident(), revision: revision + 1 }]);
    const request = { ...anAckRequest(), note: 'n'.repeat(2_000) };
    const answer = await put(request);
    expect(answer.status).toBe(200);
    const reply = parseAckReply(await answer.json());
    const ack = { ...request, incidentId: anIncident().id, atMs: NOW_MS, revision: revision + 2 };
    expect(reply).toEqual({ ok: true, value: { ack, current: ack } });
    expect(await told(`?sinceRevision=${revision + 1}`)).toMatchObject({
      anomalies: [],
      acks: [ack],
    });
    expect(await told(`?to=${anIncident().startMs}`)).toMatchObject({ anomalies: [], acks: [] });
    expect((await told(`?from=${NOW_MS}`)).anomalies).toHaveLength(1);
    const unknown = await problemOf(await put(request, '/api/anomalies/none/ack'));
    // The client id was taken for the other.
    expect(unknown.status).toBe(409);
    const other = anAckRequest({ clientId: 'click-0002' });
    for (const id of ['none', '%00', 'a%2Fb', '%F0%9F%A7%AA', 'x'.repeat(200)]) {
      const refused = await problemOf(await put(other, `/api/anomalies/${id}/ack`));
      expect(refused.status).toBe(404);
    }
  });

  it('K32 tells the settings that hold for all, and takes others', async () => {
    const { get, put } = await serve(ledgerOf());
    const asked = await get(ROUTES.anomalySettings);
    expect(asked.headers.get('Cache-Control')).toBe('no-store');
    expect(await asked.json()).toEqual({ sensitivity: 'medium', floorUsdPerHour: 25 });
    const chosen = { sensitivity: 'high', floorUsdPerHour: 0.5 };
    const taken = await put(chosen, ROUTES.anomalySettings);
    expect([taken.status, await taken.json()]).toEqual([200, chosen]);
    expect(await (await get(ROUTES.anomalySettings)).json()).toEqual(chosen);
    const refused = await put({ ...chosen, floorUsdPerHour: -1 }, ROUTES.anomalySettings);
    const problem = await problemOf(refused);
    expect(problem).toMatchObject({ status: 400, detail: expect.stringMatching(/^floorUsd/) });
    expect(await (await get(ROUTES.anomalySettings)).json()).toEqual(chosen);
  });

  it('K32 has no settings while the ledger is not open, and no other methods', async () => {
    const { get, put, send } = await serve(null);
    expect((await problemOf(await get(ROUTES.anomalySettings))).status).toBe(503);
    const chosen = { sensitivity: 'high', floorUsdPerHour: 0.5 };
    expect((await problemOf(await put(chosen, ROUTES.anomalySettings))).status).toBe(503);
    const deleted = await send({ method: 'DELETE' }, ROUTES.anomalySettings);
    expect((await problemOf(deleted)).status).toBe(405);
    expect(deleted.headers.get('Allow')).toBe('GET, HEAD, PUT');
  });

  it.each(['from=tomorrow', 'to=-1', 'sinceRevision=x', 'from=5&to=5', 'from=1&from=2'])(
    'K26 refuses a question with %s, and names the parameter',
    async (query) => {
      const { get } = await serve(null);
      const problem = await problemOf(await get(`/api/anomalies?${query}`));
      expect(problem.status).toBe(400);
      expect(query).toContain(problem.parameter);
    },
  );

  it('K27 refuses a decision that is not one, and says why', async () => {
    const { put, send } = await serve(null);
    const wrong = await problemOf(await put({ ...anAckRequest(), state: 'solved' }));
    expect(wrong).toMatchObject({ status: 400, detail: expect.stringMatching(/^state: /) });
    for (const body of [null, 5, [], 'text']) expect((await put(body)).status).toBe(400);
    const cut = await send({ method: 'PUT', headers: JSON_TYPE, body: '{"state":' });
    expect((await problemOf(cut)).status).toBe(400);
    const large = await put({ ...anAckRequest(), note: 'n'.repeat(40_000) });
    expect((await problemOf(large)).status).toBe(413);
    const body = JSON.stringify(anAckRequest());
    const text = await send({ method: 'PUT', headers: { 'Content-Type': 'text/plain' }, body });
    expect((await problemOf(text)).status).toBe(415);
    expect((await problemOf(await send({ method: 'PUT' }))).status).toBe(415);
    const asked = await send({ method: 'GET' });
    expect((await problemOf(asked)).status).toBe(405);
    expect(asked.headers.get('Allow')).toBe('PUT');
  });

  it('K28 says that it is not open, and the rest answers', async () => {
    const { get, put } = await serve(null);
    expect((await problemOf(await get('/api/anomalies'))).status).toBe(503);
    expect((await problemOf(await put(anAckRequest()))).status).toBe(503);
    expect((await get('/api/health')).status).toBe(200);
  });
});
