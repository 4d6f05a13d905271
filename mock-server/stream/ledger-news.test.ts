import { beforeEach, describe, expect, it } from 'vitest';
import { type Anomaly, type LedgerNews, parseAnomaliesReply } from '#core/wire/anomalies.ts';
import { parseMetricsReply } from '#core/wire/metrics.ts';
import { problemSchema } from '#core/wire/problem.ts';
import { ROUTES } from '#core/wire/routes.ts';
import type { Database } from '../ledger/database.ts';
import { Ledger } from '../ledger/ledger.ts';
import { anOwn, anOwnAck, beginDataSet, epoch } from '../ledger/testing/data-set.ts';
import { sharedLedger } from '../ledger/testing/shared-ledger.ts';
import { aRollup, aSeries } from '../testing/builders.ts';
import { ScriptedStore } from '../testing/scripted-store.ts';
import { serveLedger } from '../testing/serve-ledger.ts';
import { StreamReader } from '../testing/stream-reader.ts';

const TICK_MS = 50;
const AHEAD_MS = 60_000;
const ledgerOf = sharedLedger();

/** One that only says how far it has come. */
function anotherLedger(): Ledger {
  const transaction: Database['transaction'] = (work) =>
    work((text) =>
      Promise.resolve(/ledger_meta/.test(text) ? [{ id: 'another', revision: 7 }] : []),
    );
  return new Ledger({ transaction, close: () => Promise.resolve() });
}

/** A store that ticks twenty times a second, used since a minute ago. */
function aStore(rowsPerTick: number): ScriptedStore {
  const startMs = Math.floor(Date.now() / 5_000) * 5_000 - AHEAD_MS;
  const store = new ScriptedStore({ tickMs: TICK_MS, earliestMs: startMs });
  store.startEpoch(epoch);
  for (let atMs = startMs; atMs < startMs + 2 * AHEAD_MS; atMs += TICK_MS) {
    for (let row = 0; row < rowsPerTick; row++) store.use(atMs, aSeries(row), aRollup(1));
  }
  return store;
}

/** A server whose ledger is known to it. */
async function serve(ledger: () => Ledger | null = ledgerOf, rowsPerTick = 1) {
  const served = await serveLedger({ ledger, store: aStore(rowsPerTick) });
  await served.news.changed();
  /** What the detection does. */
  const save = async (...incidents: Parameters<Ledger['save']>[1]) => {
    await ledgerOf().save(epoch, incidents);
    await served.news.changed();
  };
  const decide = (id: string, name: string) =>
    served.put(`/api/anomalies/${id}/ack`, anOwnAck(name));
  return { ...served, save, decide };
}

const helloOf = (reader: StreamReader) => reader.all('hello')[0]?.data;

/** All that was told of the ledger, in the order in which it came. */
function newsOf(reader: StreamReader): { name: string; data: LedgerNews }[] {
  return reader.events.flatMap((event) =>
    event.name === 'anomalies' || event.name === 'acks' ? [event] : [],
  );
}

const idsOf = (reader: StreamReader) =>
  newsOf(reader).flatMap(({ data }) => [
    ...data.anomalies.map((one) => one.id),
    ...data.acks.map((one) => `${one.incidentId}!`),
  ]);

async function readerOf(port: number, query = `?since=${Date.now()}`): Promise<StreamReader> {
  const reader = new StreamReader(port, query);
  await reader.until(() => reader.metrics.length > 0);
  return reader;
}

describe('the stream', () => {
  beforeEach(beginDataSet);

  it('E13 tells all readers what is new in the ledger, each change once, between the ticks', async () => {
    const { port, save, decide } = await serve();
    const readers = await Promise.all([readerOf(port), readerOf(port), readerOf(port)]);
    const mark = await ledgerOf().mark();
    expect(readers.map((reader) => helloOf(reader)?.ledger)).toEqual([mark, mark, mark]);
    const { id } = anOwn('a');
    await save(anOwn('a'));
    await Promise.all(readers.map((reader) => reader.until(() => idsOf(reader).length === 1)));
    expect((await decide(id, '1')).status).toBe(200);
    await Promise.all(readers.map((reader) => reader.until(() => idsOf(reader).length === 2)));
    const late = await readerOf(port);
    await save(anOwn('b'));
    await Promise.all(readers.map((reader) => reader.until(() => idsOf(reader).length === 3)));
    await late.until(() => idsOf(late).length === 1);
    expect(idsOf(late)).toEqual([anOwn('b').id]);
    for (const reader of readers) {
      const news = newsOf(reader);
      expect(news.map(({ name }) => name)).toEqual(['anomalies', 'acks', 'anomalies']);
      expect(idsOf(reader)).toEqual([id, `${id}!`, anOwn('b').id]);
      const ends = news.map(({ data }) => data.ledger.revision);
      expect(ends).toEqual([1, 2, 3].map((n) => mark.revision + n));
      expect(news.map(({ data }) => data.ledger.since)).toEqual([
        mark.revision,
        ...ends.slice(0, 2),
      ]);
      const before = reader.metrics.length;
      await reader.until(() => reader.metrics.length > before);
      reader.leave();
    }
    late.leave();
  });

  it('E13 names no event of the ledger by an id, since that says where the ticks go on', async () => {
    const { port, save } = await serve();
    const reader = await readerOf(port);
    await save(anOwn('a'));
    await reader.until(() => idsOf(reader).length === 1);
    const at = reader.events.findIndex(({ name }) => name === 'anomalies');
    const before = reader.ids.slice(0, at).findLast((id) => id !== undefined);
    // An event without one leaves the last, as the standard says.
    expect([before, undefined]).toContain(reader.ids[at]);
    reader.leave();
  });

  it('E14 tells a reader who is far behind between the pages, and all of it', async () => {
    const { port, save } = await serve(ledgerOf, 150);
    const slow = new StreamReader(port, `?since=${Date.now() - 50_000}`, {}, false);
    const quick = await readerOf(port);
    await slow.until(() => slow.response !== null);
    for (const name of ['a', 'b', 'c']) await save(anOwn(name));
    await quick.until(() => idsOf(quick).length === 3);
    expect(slow.events).toEqual([]);
    slow.read();
    await slow.until(() => idsOf(slow).length === 3);
    expect(idsOf(slow)).toEqual(['a', 'b', 'c'].map((name) => anOwn(name).id));
    const behindMs = Date.now() - (slow.metrics.at(-1)?.watermark ?? 0);
    expect(behindMs, 'before all ticks are told').toBeGreaterThan(5_000);
    quick.leave();
    slow.leave();
  });

  it('E15 names no ledger while it is not open, and tells of it when it opens, or is another', async () => {
    let ledger: Ledger | null = null;
    const { port, news } = await serve(() => ledger);
    const reader = await readerOf(port);
    expect(helloOf(reader)).not.toHaveProperty('ledger');
    expect(newsOf(reader)).toEqual([]);
    ledger = ledgerOf();
    await news.changed();
    await reader.until(() => newsOf(reader).length === 1);
    const mark = await ledgerOf().mark();
    const opened = { ledger: { ...mark, since: mark.revision }, anomalies: [], acks: [] };
    expect(newsOf(reader)[0]?.data).toEqual(opened);
    ledger = anotherLedger();
    await news.changed();
    await reader.until(() => newsOf(reader).length === 2);
    const other = { id: 'another', since: 7, revision: 7 };
    expect(newsOf(reader)[1]?.data).toEqual({ ledger: other, anomalies: [], acks: [] });
    reader.leave();
  });

  it('E16 sends to ask who would have to be told too much, and the answers are all of it', async () => {
    const { port, get, save } = await serve();
    const reader = await readerOf(port);
    const { id, revision } = await ledgerOf().mark();
    await save(...Array.from({ length: 600 }, (_, i) => anOwn(`i${i}`)));
    await reader.until(() => newsOf(reader).length === 1);
    const end = revision + 600;
    const untold = { ledger: { id, since: end, revision: end }, anomalies: [], acks: [] };
    expect(newsOf(reader)[0]?.data).toEqual(untold);
    const known: Anomaly[] = [];
    for (let since = revision, hasMore = true; hasMore;) {
      const reply = await get(`${ROUTES.anomalies}?sinceRevision=${since}`);
      const page = parseAnomaliesReply(await reply.json());
      if (!page.ok) throw new Error(page.reason);
      known.push(...page.value.anomalies);
      ({ hasMore, revision: since } = page.value);
    }
    expect(known.map((one) => one.id)).toEqual(
      Array.from({ length: 600 }, (_, i) => anOwn(`i${i}`).id),
    );
    await save(anOwn('next'));
    await reader.until(() => idsOf(reader).length === 1);
    expect(newsOf(reader)[1]?.data.ledger).toEqual({ id, since: end, revision: end + 1 });
    reader.leave();
  });
});

describe('a poll', () => {
  beforeEach(beginDataSet);

  it('A25 carries what is new in the ledger to whoever asks', async () => {
    const { get, save, decide } = await serve();
    const poll = async (known: { id: string; revision: number } | null) => {
      const query = known ? `?ledger=${known.id}&ledgerRevision=${known.revision}` : '';
      const parsed = parseMetricsReply(await (await get(`${ROUTES.metrics}${query}`)).json());
      if (!parsed.ok) throw new Error(parsed.reason);
      const { ledger, anomalies, acks } = parsed.value;
      const ids = anomalies?.map((one) => one.id);
      return { ledger, ids, acks: acks?.map((one) => one.incidentId) };
    };
    const begun = await ledgerOf().mark();
    const nothing = { ids: [], acks: [] };
    const untold = { ledger: { ...begun, since: begun.revision }, ...nothing };
    expect(await poll(null)).toEqual(untold);
    expect(await poll(begun)).toEqual(untold);
    expect(await poll({ id: 'another', revision: 0 })).toEqual(untold);
    const { id } = anOwn('a');
    await save(anOwn('a'));
    await decide(id, '1');
    await expect
      .poll(() => poll(begun))
      .toEqual({
        ledger: { id: begun.id, since: begun.revision, revision: begun.revision + 2 },
        ids: [id],
        acks: [id],
      });
    const between = { id: begun.id, revision: begun.revision + 1 };
    expect(await poll(between)).toMatchObject({ ids: [], acks: [id] });
    // Long before what this server has seen.
    const early = { ...begun, revision: begun.revision - 1 };
    const end = begun.revision + 2;
    expect(await poll(early)).toMatchObject({ ledger: { since: end, revision: end }, ...nothing });
  });

  it('A25 says nothing of a ledger that is not open', async () => {
    const { get } = await serve(() => null);
    const reply = await get(`${ROUTES.metrics}?ledger=l&ledgerRevision=0`);
    const body: unknown = await reply.json();
    expect(parseMetricsReply(body).ok).toBe(true);
    expect(Object.keys(body ?? {})).not.toEqual(expect.arrayContaining(['ledger']));
    expect(body).not.toHaveProperty('anomalies');
  });

  it.each([
    ['ledger=l', 'ledgerRevision'],
    ['ledgerRevision=5', 'ledger'],
    ['ledger=&ledgerRevision=5', 'ledger'],
    ['ledger=l&ledgerRevision=-1', 'ledgerRevision'],
    ['ledger=l&ledgerRevision=1.5', 'ledgerRevision'],
    ['ledger=a%20b&ledgerRevision=1', 'ledger'],
    ['ledger=a&ledger=b&ledgerRevision=1', 'ledger'],
  ])('A26 with %s is refused, and the parameter named', async (query, parameter) => {
    const { get } = await serve(() => null);
    const reply = await get(`${ROUTES.metrics}?${query}`);
    expect(problemSchema.parse(await reply.json())).toMatchObject({ status: 400, parameter });
  });
});
