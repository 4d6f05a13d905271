import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type AnomalySettings, DEFAULT_SETTINGS } from '#core/anomaly/settings.ts';
import type { LedgerNews } from '#core/wire/anomalies.ts';
import { anIncident } from '#core/wire/testing/anomalies.ts';
import type { Ledger } from './ledger.ts';
import { NewsDesk, type NewsDeps } from './news-desk.ts';
import { NOW_MS, anOwn, anOwnAck, beginDataSet, decided, epoch } from './testing/data-set.ts';
import { sharedLedger } from './testing/shared-ledger.ts';

const ledgerOf = sharedLedger();

/** What makes an incident about 14,000 characters long. */
const LARGE = {
  members: Array.from({ length: 150 }, () => anIncident().members).flat(),
};

/** A desk that has read how far the ledger is. */
async function aDesk(deps: Partial<NewsDeps> = {}) {
  const logged: unknown[] = [];
  const log = { error: (...message: unknown[]) => void logged.push(message) };
  const store = { epoch };
  const desk = new NewsDesk({ store, ledger: ledgerOf, log, ...deps });
  onTestFinished(() => desk.close());
  await desk.changed();
  return { desk, logged, store };
}

/** Ids of what is told, in the order of the revisions. */
const toldIds = (news: LedgerNews | null) =>
  [...(news?.anomalies ?? []), ...(news?.acks ?? [])]
    .toSorted((a, b) => a.revision - b.revision)
    .map((one) => ('incidentId' in one ? `${one.incidentId}!` : one.id));

describe('the news of the ledger', () => {
  beforeEach(beginDataSet);

  it('K33 are what changed since whoever asks had come so far, and nothing else', async () => {
    const ledger = ledgerOf();
    await ledger.save(epoch, [anOwn('before')]);
    const { desk } = await aDesk();
    const begun = desk.mark;
    expect(begun).toEqual(await ledger.mark());
    const [a, b] = [anOwn('a'), anOwn('b')];
    await ledger.save(epoch, [a]);
    await desk.changed();
    const between = desk.mark;
    await decided(ledger, a.id, anOwnAck('1'), NOW_MS);
    await ledger.save(epoch, [b]);
    await desk.changed();
    expect(desk.mark).toEqual(await ledger.mark());
    const all = desk.since(begun);
    expect(toldIds(all)).toEqual([a.id, `${a.id}!`, b.id]);
    expect(all?.ledger).toEqual({ ...desk.mark, since: begun?.revision });
    expect(toldIds(desk.since(between))).toEqual([`${a.id}!`, b.id]);
    expect(desk.since(desk.mark)).toMatchObject({ anomalies: [], acks: [] });
  });

  it('K33 tell of an incident, and of the decision about it, only what counts', async () => {
    const ledger = ledgerOf();
    const { desk } = await aDesk();
    const begun = desk.mark;
    for (const score of [1, 2, 3]) {
      await ledger.save(epoch, [anOwn('a', { score })]);
      await decided(ledger, anOwn('a').id, anOwnAck(`${score}`, { note: `${score}` }), NOW_MS);
      await desk.changed();
    }
    const news = desk.since(begun);
    expect(news?.anomalies.map((one) => one.score)).toEqual([3]);
    expect(news?.acks.map((one) => one.note)).toEqual(['3']);
  });

  it('K33 are those of the data set that is served, and begin anew with another', async () => {
    const ledger = ledgerOf();
    const { desk, store } = await aDesk();
    const begun = desk.mark;
    await ledger.save('another', [anOwn('elsewhere')]);
    await desk.changed();
    expect(desk.mark?.revision).toBe((begun?.revision ?? 0) + 1);
    expect(toldIds(desk.since(begun))).toEqual([]);
    await ledger.save(epoch, [anOwn('here')]);
    await desk.changed();
    store.epoch = 'a later one';
    expect(toldIds(desk.since(begun))).toEqual([]);
  });

  it.each([
    ['many', 201, {}],
    ['large', 40, LARGE],
  ])(
    'K34 are not kept without bound: whoever missed what is too %s is sent to ask',
    async (_what, count, fields) => {
      const ledger = ledgerOf();
      const { desk } = await aDesk();
      const begun = desk.mark;
      const incidents = Array.from({ length: count }, (_, i) => anOwn(`i${i}`, fields));
      await ledger.save(epoch, incidents);
      await desk.changed();
      const end = desk.mark;
      expect(end).toEqual(await ledger.mark());
      const untold = { ...end, since: end?.revision };
      expect(desk.since(begun)).toEqual({ ledger: untold, anomalies: [], acks: [] });
      await ledger.save(epoch, [anOwn('next')]);
      await desk.changed();
      expect(toldIds(desk.since(end))).toEqual([anOwn('next').id]);
    },
  );

  it('K34 are told whole to who has missed what is kept, and to nobody by half', async () => {
    const ledger = ledgerOf();
    const { desk } = await aDesk();
    const marks = [desk.mark];
    for (let i = 0; i < 30; i++) {
      await ledger.save(epoch, [anOwn(`i${i}`, LARGE), anOwn(`j${i}`)]);
      await desk.changed();
      marks.push(desk.mark);
    }
    const told = marks.map((mark) => toldIds(desk.since(mark)).length);
    const kept = told.findIndex((count) => count > 0);
    expect(kept).toBeGreaterThan(0);
    expect(told).toEqual(marks.map((_, i) => (i < kept ? 0 : 2 * (30 - i))));
  });

  it('K34 of another ledger, or of one that was set back, send whoever comes to ask', async () => {
    const { desk } = await aDesk();
    const { id = '', revision = 0 } = desk.mark ?? {};
    const untold = { ledger: { id, since: revision, revision }, anomalies: [], acks: [] };
    expect(desk.since({ id: 'another', revision })).toEqual(untold);
    expect(desk.since({ id, revision: revision + 1 })).toEqual(untold);
    expect(desk.since(null)).toEqual(untold);
  });

  it('K35 are none while the ledger is not open, and there when it is', async () => {
    let isOpen = false;
    const { desk } = await aDesk({ ledger: () => (isOpen ? ledgerOf() : null) });
    let changes = 0;
    desk.onChange(() => (changes += 1));
    await desk.changed();
    expect([desk.mark, desk.since(null), changes]).toEqual([null, null, 0]);
    isOpen = true;
    await desk.changed();
    expect(desk.mark).toEqual(await ledgerOf().mark());
    expect(changes).toBe(1);
    await desk.changed();
    expect(changes).toBe(1);
  });

  it('K35 that could not be read are read again, which is logged once', async () => {
    let failures = 3;
    const ledger = (): Pick<Ledger, 'mark' | 'changes' | 'settings'> => ({
      mark: () => (failures-- > 0 ? Promise.reject(new Error('it is gone')) : ledgerOf().mark()),
      changes: (asked) => ledgerOf().changes(asked),
      settings: () => ledgerOf().settings(),
    });
    const { desk, logged } = await aDesk({ ledger, retryMs: 1 });
    await expect.poll(() => desk.mark).toEqual(await ledgerOf().mark());
    expect(logged).toHaveLength(1);
  });

  it('K36 hand over the settings at first, and whenever somebody chose others', async () => {
    const heard: AnomalySettings[] = [];
    const ledger = ledgerOf();
    const { desk } = await aDesk({ onSettings: (settings) => heard.push(settings), everyMs: 20 });
    expect(heard).toEqual([DEFAULT_SETTINGS]);
    const chosen = { sensitivity: 'high', floorMicroUsdPerHour: 1 } as const;
    await ledger.changeSettings(chosen);
    await expect.poll(() => heard).toEqual([DEFAULT_SETTINGS, chosen]);
    await ledger.save(epoch, [anOwn('a')]);
    await desk.changed();
    await ledger.changeSettings(DEFAULT_SETTINGS);
    await expect.poll(() => heard).toEqual([DEFAULT_SETTINGS, chosen, DEFAULT_SETTINGS]);
  });
});
