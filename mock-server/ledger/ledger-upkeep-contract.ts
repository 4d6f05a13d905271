import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/anomaly/settings.ts';
import type { Ledger } from './ledger.ts';
import { NOW_MS, anOwn, anOwnAck, changesOf, decided, epoch, idsOf } from './testing/data-set.ts';

export function describeForgetting(ledgerOf: () => Ledger): void {
  it('K40 forgets what ended long ago, and decisions about it, and gives no revision twice', async () => {
    const ledger = ledgerOf();
    const [oldMs, newMs] = [1_000, NOW_MS];
    const span = (updatedMs: number, endMs: number | null) => ({ startMs: 500, updatedMs, endMs });
    const gone = [anOwn('ended', span(oldMs, oldMs)), anOwn('silent', span(oldMs, null))];
    const kept = [anOwn('lasts', span(newMs, null)), anOwn('edge', span(2_000, 2_000))];
    const state = new Uint8Array(3);
    await ledger.save(epoch, [...gone, ...kept], { atMs: newMs, state });
    await ledger.save(`${epoch}-old`, [], { atMs: oldMs, state });
    for (const [i, one] of [...gone, ...kept].entries()) {
      await decided(ledger, one.id, anOwnAck(`${i}`), NOW_MS);
    }
    const before = await changesOf(ledger);
    expect(await ledger.forget(2_000)).toBe(2);
    const after = await changesOf(ledger);
    expect(idsOf(after)).toEqual(kept.map((one) => one.id));
    expect(after.acks.map((ack) => ack.incidentId)).toEqual(idsOf(after));
    expect(after.revision).toBe(before.revision);
    expect((await ledger.checkpoint(epoch))?.atMs).toBe(newMs);
    expect(await ledger.checkpoint(`${epoch}-old`)).toBeNull();
    const [again] = await ledger.save(epoch, gone.slice(0, 1));
    expect(again?.revision).toBe(before.revision + 1);
    expect(await ledger.forget(2_000)).toBe(1);
  });
}

export function describeSettings(ledgerOf: () => Ledger, otherOf: () => Ledger): void {
  it('K31 keeps the settings for all, and each change of them takes a revision', async () => {
    const ledger = ledgerOf();
    expect(await ledger.settings()).toEqual(DEFAULT_SETTINGS);
    const { revision } = await changesOf(ledger);
    const chosen = { sensitivity: 'low', floorMicroUsdPerHour: 999_999_999_999 } as const;
    await ledger.changeSettings(chosen);
    await ledger.changeSettings(chosen);
    expect(await otherOf().settings()).toEqual(chosen);
    expect((await changesOf(ledger)).revision).toBe(revision + 1);
    await otherOf().changeSettings(DEFAULT_SETTINGS);
    expect(await ledger.settings()).toEqual(DEFAULT_SETTINGS);
    expect((await changesOf(ledger)).revision).toBe(revision + 2);
  });
}
