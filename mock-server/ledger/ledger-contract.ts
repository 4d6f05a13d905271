import { beforeEach, describe, expect, it } from 'vitest';
import { parseAckReply, parseAnomaliesReply } from '#core/wire/anomalies.ts';
import type { Ledger } from './ledger.ts';
import { describeForgetting, describeSettings } from './ledger-upkeep-contract.ts';
import {
  NOW_MS,
  anOwn,
  anOwnAck,
  beginDataSet,
  changesOf,
  decided,
  epoch,
  idsOf,
} from './testing/data-set.ts';

const HOUR_MS = 3_600_000;

/**
 * The rules that a ledger keeps on every database, as tests. Each test has a data set of its own, so that one ledger
 * serves all.
 *
 * @param ledgerOf gives the ledger
 * @param otherOf gives one on the same database, as another server has it; the same where there is none
 */
export function describeLedger(
  name: string,
  ledgerOf: () => Ledger,
  otherOf: () => Ledger = ledgerOf,
): void {
  describe(`ledger: ${name}`, () => {
    beforeEach(beginDataSet);
    describeIncidents(ledgerOf);
    describeSpans(ledgerOf);
    describeDecisions(ledgerOf);
    describeRepeats(ledgerOf);
    describePages(ledgerOf);
    describeCheckpoints(ledgerOf);
    describeTurns(ledgerOf, otherOf);
    describeForgetting(ledgerOf);
    describeSettings(ledgerOf, otherOf);
  });
}

function describeIncidents(ledgerOf: () => Ledger): void {
  it('K4 gives back what it was given, under a revision', async () => {
    const ledger = ledgerOf();
    const given = [
      anOwn('a'),
      anOwn('b', { explanation: null, endMs: NOW_MS, extraMicroUsd: -5, score: 0.1 + 0.2 }),
      anOwn('c', { root: { dimension: 'model', id: 'Ünï \u2028 "quoted" \uD83D' } }),
    ];
    const before = (await changesOf(ledger)).revision;
    const saved = await ledger.save(epoch, given);
    expect(saved).toEqual(given.map((one, i) => ({ ...one, revision: before + i + 1 })));
    const reply = await changesOf(ledger);
    expect(reply).toEqual({
      epoch,
      ledger: reply.ledger,
      revision: before + 3,
      hasMore: false,
      anomalies: saved,
      acks: [],
    });
    expect(parseAnomaliesReply(JSON.parse(JSON.stringify(reply))).ok).toBe(true);
  });

  it('K5 gives an incident a new revision whenever something of it is new, and only then', async () => {
    const ledger = ledgerOf();
    const [first, second] = [anOwn('a'), anOwn('b')];
    await ledger.save(epoch, [first, second]);
    const { revision } = await changesOf(ledger);
    expect(await ledger.save(epoch, [first, second])).toEqual([]);
    const ended = { ...first, endMs: first.updatedMs };
    expect(await ledger.save(epoch, [second, ended])).toEqual([
      { ...ended, revision: revision + 1 },
    ]);
    const reply = await changesOf(ledger);
    expect(idsOf(reply)).toEqual([second.id, first.id]);
    expect(reply.anomalies[1]).toEqual({ ...ended, revision: revision + 1 });
    expect((await changesOf(ledger, { sinceRevision: revision })).anomalies).toHaveLength(1);
    expect((await changesOf(ledger, { sinceRevision: revision + 1 })).anomalies).toEqual([]);
  });

  it('K5 keeps what is newer when somebody says something older', async () => {
    const ledger = ledgerOf();
    const older = anOwn('a');
    const newer = { ...older, updatedMs: older.updatedMs + 1, score: 2 };
    await ledger.save(epoch, [newer]);
    expect(await ledger.save(epoch, [older])).toEqual([]);
    expect((await changesOf(ledger)).anomalies).toMatchObject([{ score: 2 }]);
  });
}

function describeSpans(ledgerOf: () => Ledger): void {
  it('K6 tells incidents of one data set alone', async () => {
    const ledger = ledgerOf();
    const incident = anOwn('a');
    await ledger.save(epoch, [incident]);
    await decided(ledger, incident.id, anOwnAck('1'), NOW_MS);
    expect(await changesOf(ledger, { epoch: 'other' })).toMatchObject({
      epoch: 'other',
      anomalies: [],
      acks: [],
    });
  });

  it('K6 tells incidents that overlap a span, and their decisions; ends are not part of it', async () => {
    const ledger = ledgerOf();
    const [startMs, endMs] = [NOW_MS, NOW_MS + HOUR_MS];
    const closed = anOwn('closed', { startMs, endMs });
    const open = anOwn('open', { startMs });
    await ledger.save(epoch, [closed, open]);
    await decided(ledger, closed.id, anOwnAck('1'), NOW_MS);
    await decided(ledger, open.id, anOwnAck('2'), NOW_MS);
    const told = async (fromMs: number | null, toMs: number | null) => {
      const reply = await changesOf(ledger, { fromMs, toMs });
      expect(reply.acks.map((ack) => ack.incidentId)).toEqual(idsOf(reply));
      return idsOf(reply);
    };
    expect(await told(startMs - 1, startMs)).toEqual([]);
    expect(await told(null, startMs + 1)).toEqual([closed.id, open.id]);
    expect(await told(endMs - 1, null)).toEqual([closed.id, open.id]);
    expect(await told(endMs, endMs + 1)).toEqual([open.id]);
    expect(await told(startMs + 1, startMs + 2)).toEqual([closed.id, open.id]);
  });
}

function describeDecisions(ledgerOf: () => Ledger): void {
  it('K7 takes a decision, with all that belongs to it, under a revision', async () => {
    const ledger = ledgerOf();
    const { id } = anOwn('a');
    await ledger.save(epoch, [anOwn('a')]);
    const { revision } = await changesOf(ledger);
    const asked = { ...anOwnAck('1'), note: 'Zoë:\n\t👩‍🔬 it\'s "fine"; --', who: '王' };
    const request = { ...asked, state: 'snoozed', untilMs: NOW_MS + HOUR_MS } as const;
    const reply = await decided(ledger, id, request, NOW_MS);
    const ack = { ...request, incidentId: id, atMs: NOW_MS, revision: revision + 1 };
    expect(reply).toEqual({ ack, current: ack });
    expect(parseAckReply(JSON.parse(JSON.stringify(reply))).ok).toBe(true);
    const after = await changesOf(ledger, { sinceRevision: revision });
    expect(after).toMatchObject({ anomalies: [], acks: [ack], revision: revision + 1 });
  });

  it('K8 counts the decision that arrived last, and tells a late sender who decided', async () => {
    const ledger = ledgerOf();
    const { id } = anOwn('a');
    await ledger.save(epoch, [anOwn('a')]);
    const ann = { ...anOwnAck('ann'), state: 'dismissed', who: 'Ann' } as const;
    const bob = { ...anOwnAck('bob'), state: 'open', who: 'Bob' } as const;
    const first = await decided(ledger, id, ann, NOW_MS);
    // Bob's clock is slow: what counts is when it arrived.
    const second = await decided(ledger, id, bob, NOW_MS - HOUR_MS);
    expect(second.current).toEqual(second.ack);
    expect((await changesOf(ledger)).acks).toEqual([second.ack]);
    const again = await decided(ledger, id, ann, NOW_MS + HOUR_MS);
    expect(again).toEqual({ ack: first.ack, current: second.ack });
  });
}

function describeRepeats(ledgerOf: () => Ledger): void {
  it('K9 takes a decision once, however often it arrives', async () => {
    const ledger = ledgerOf();
    const { id } = anOwn('a');
    await ledger.save(epoch, [anOwn('a')]);
    const replies = await Promise.all(
      [0, 1, 2, 3].map((late) => decided(ledger, id, anOwnAck('1'), NOW_MS + late)),
    );
    expect(replies).toEqual(replies.map(() => replies[0]));
    const { acks, revision } = await changesOf(ledger);
    expect(acks).toHaveLength(1);
    expect(acks[0]?.revision).toBe(revision);
  });

  it('K9 refuses a client id that was used for another decision', async () => {
    const ledger = ledgerOf();
    const [a, b] = [anOwn('a'), anOwn('b')];
    await ledger.save(epoch, [a, b]);
    await decided(ledger, a.id, anOwnAck('1'), NOW_MS);
    const { revision } = await changesOf(ledger);
    const refused = { ok: false, reason: 'client-id-taken' };
    for (const fields of [{ note: 'more' }, { who: 'Bob' }]) {
      expect(await ledger.decide(a.id, anOwnAck('1', fields), NOW_MS)).toEqual(refused);
    }
    const snooze = { ...anOwnAck('1'), state: 'snoozed', untilMs: 5 } as const;
    expect(await ledger.decide(a.id, snooze, NOW_MS)).toEqual(refused);
    expect(await ledger.decide(b.id, anOwnAck('1'), NOW_MS)).toEqual(refused);
    expect((await changesOf(ledger)).revision).toBe(revision);
  });

  it('K10 refuses a decision about an incident that it does not know', async () => {
    const ledger = ledgerOf();
    expect(await ledger.decide(`${epoch}-none`, anOwnAck('1'), NOW_MS)).toEqual({
      ok: false,
      reason: 'unknown-incident',
    });
    await ledger.save(epoch, [anOwn('none')]);
    await decided(ledger, `${epoch}-none`, anOwnAck('1'), NOW_MS);
  });
}

function describePages(ledgerOf: () => Ledger): void {
  it('K11 tells all in pages of any size, in the order in which it changed, nothing twice', async () => {
    const ledger = ledgerOf();
    const incidents = Array.from({ length: 5 }, (_, i) => anOwn(`p${i}`));
    for (const [i, incident] of incidents.entries()) {
      await ledger.save(epoch, [incident]);
      await decided(ledger, incident.id, anOwnAck(`${i}`), NOW_MS);
    }
    const whole = await changesOf(ledger);
    for (const limit of [1, 2, 3, 9, 10]) {
      const anomalies: unknown[] = [];
      const acks: unknown[] = [];
      let page = await changesOf(ledger, { limit });
      for (;;) {
        expect(page.anomalies.length + page.acks.length).toBeLessThanOrEqual(limit);
        anomalies.push(...page.anomalies);
        acks.push(...page.acks);
        if (!page.hasMore) break;
        page = await changesOf(ledger, { limit, sinceRevision: page.revision });
      }
      expect({ anomalies, acks }).toEqual({ anomalies: whole.anomalies, acks: whole.acks });
      expect(page.revision).toBe(whole.revision);
    }
  });
}

function describeCheckpoints(ledgerOf: () => Ledger): void {
  it('K12 keeps how far the detection has come together with what it found', async () => {
    const ledger = ledgerOf();
    expect(await ledger.checkpoint(epoch)).toBeNull();
    const state = Uint8Array.from({ length: 70_000 }, (_, i) => (i * i) % 256);
    await ledger.save(epoch, [anOwn('a')], { atMs: NOW_MS, state });
    const kept = await ledger.checkpoint(epoch);
    expect(kept?.atMs).toBe(NOW_MS);
    expect(Buffer.from(kept?.state ?? []).equals(state)).toBe(true);
    await ledger.save(epoch, [], { atMs: NOW_MS - 1, state: new Uint8Array() });
    expect((await ledger.checkpoint(epoch))?.atMs).toBe(NOW_MS);
    await ledger.save(epoch, [], { atMs: NOW_MS + 1, state: new Uint8Array() });
    expect((await ledger.checkpoint(epoch))?.atMs).toBe(NOW_MS + 1);
  });

  it('K12 keeps neither when one of them cannot be kept', async () => {
    const ledger = ledgerOf();
    const before = await changesOf(ledger);
    const given = [anOwn('a'), anOwn('b', { startMs: 0.5 })];
    const checkpoint = { atMs: NOW_MS, state: new Uint8Array(1) };
    await expect(ledger.save(epoch, given, checkpoint)).rejects.toThrow();
    expect(await changesOf(ledger)).toEqual(before);
    expect(await ledger.checkpoint(epoch)).toBeNull();
    await ledger.save(epoch, [anOwn('a')]);
    expect(idsOf(await changesOf(ledger))).toEqual([anOwn('a').id]);
  });
}

function describeTurns(ledgerOf: () => Ledger, otherOf: () => Ledger): void {
  it('K13 shows whoever reads meanwhile every revision up to the one it names', async () => {
    const writers = [ledgerOf(), otherOf()];
    const ids = Array.from({ length: 20 }, (_, i) => `t${i}`);
    const writing = Promise.all(
      ids.map((id, i) => writers[i % 2]?.save(epoch, [anOwn(id), anOwn(`${id}-too`)])),
    );
    const seen: string[] = [];
    let sinceRevision = 0;
    let isWritten = false;
    void writing.finally(() => (isWritten = true));
    for (let isLast = false; ;) {
      isLast = isWritten;
      const reply = await changesOf(otherOf(), { sinceRevision });
      seen.push(...idsOf(reply));
      sinceRevision = reply.revision;
      if (isLast) break;
    }
    await writing;
    expect(seen.toSorted()).toEqual(
      ids.flatMap((id) => [anOwn(id).id, anOwn(`${id}-too`).id]).toSorted(),
    );
  });
}
