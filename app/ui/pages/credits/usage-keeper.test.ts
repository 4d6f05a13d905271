import 'fake-indexeddb/auto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BurnrateDatabase } from '#app/database/database.ts';
import { type KnownUsage, storedUsage } from '#app/database/usage.ts';
import type { UsageAnswer } from './ask-usage.ts';
import { UsageKeeper } from './usage-keeper.ts';

const AT_MS = Date.UTC(2026, 10, 21, 9);
let disks = 0;

function entry(id: number, credits = 1) {
  return { message_id: id, timestamp: new Date(AT_MS).toISOString(), credits_used: credits };
}

function heardAt(minute: number, tag: string, ...usage: KnownUsage['usage']): UsageAnswer {
  return { ok: true, value: { tag, heardAtMs: AT_MS + minute * 60_000, usage } };
}

/** A keeper whose server gives these answers, one after the other, on a disk of its own unless told. */
function aKeeper(answers: UsageAnswer[], disk = `keeper-${disks++}`) {
  const asked: (string | null)[] = [];
  const keeper = new UsageKeeper(
    async (known) => {
      asked.push(known?.tag ?? null);
      return answers.shift() ?? { ok: false, reason: 'no more answers' };
    },
    () => new BurnrateDatabase(disk),
  );
  const onDisk = async () => {
    const database = new BurnrateDatabase(disk);
    const stored = await storedUsage(database);
    database.close();
    return stored;
  };
  return { keeper, state: () => keeper.state.getState(), asked, onDisk, disk };
}

describe('what is kept of the usage', () => {
  it('B27 is what was heard last, with its age', async () => {
    const { keeper, state, onDisk } = aKeeper([
      heardAt(0, 'a', entry(1)),
      heardAt(1, 'a', entry(1)),
      heardAt(2, 'b', entry(1), entry(2)),
    ]);
    await keeper.refresh();
    expect(await onDisk()).toEqual({ tag: 'a', heardAtMs: AT_MS, usage: [entry(1)] });
    await keeper.refresh();
    expect(await onDisk()).toEqual({ tag: 'a', heardAtMs: AT_MS + 60_000, usage: [entry(1)] });
    await keeper.refresh();
    expect(await onDisk()).toMatchObject({ tag: 'b', usage: [entry(1), entry(2)] });
    expect(state().heard).toEqual(await onDisk());
    expect(state()).toMatchObject({ isKept: true, isAsking: false, failure: null });
  });

  it('B27 is written again by a server whose clock was set back', async () => {
    const { keeper, onDisk } = aKeeper([heardAt(9, 'a', entry(1)), heardAt(2, 'b', entry(2))]);
    await keeper.refresh();
    await keeper.refresh();
    expect(await onDisk()).toMatchObject({ tag: 'b', usage: [entry(2)] });
  });

  it('B27 stays as it is when an answer is bad, which is told until one is good', async () => {
    const { keeper, state, onDisk } = aKeeper([
      heardAt(0, 'a', entry(1)),
      { ok: false, reason: 'malformed' },
      heardAt(2, 'a', entry(1)),
    ]);
    await keeper.refresh();
    await keeper.refresh();
    expect(state()).toMatchObject({ failure: 'malformed', isAsking: false });
    expect(state().heard).toMatchObject({ tag: 'a', usage: [entry(1)] });
    expect(await onDisk()).toMatchObject({ tag: 'a', heardAtMs: AT_MS });
    await keeper.refresh();
    expect(state().failure).toBeNull();
  });

  it('B27 is asked for by one question at a time', async () => {
    const { keeper, asked } = aKeeper([heardAt(0, 'a', entry(1)), heardAt(1, 'b', entry(1))]);
    await Promise.all([keeper.refresh(), keeper.refresh(), keeper.refresh()]);
    expect(asked).toEqual([null]);
  });

  it('B21 is compared with what an earlier visit left', async () => {
    const first = aKeeper([heardAt(0, 'a', entry(1), entry(2), entry(3))]);
    await first.keeper.refresh();
    expect(first.state().change).toBeNull();
    const later = aKeeper(
      [heardAt(60, 'b', entry(2, 5), entry(3), entry(4), entry(5)), heardAt(61, 'b', entry(9))],
      first.disk,
    );
    await later.keeper.refresh();
    expect(later.asked).toEqual(['a']);
    const change = { added: 2, changed: 1, gone: 1, sinceMs: AT_MS };
    expect(later.state().change).toEqual(change);
    // The same again changes nothing of that.
    await later.keeper.refresh();
    expect(later.state().change).toEqual(change);
  });

  it('B29 is here for this visit when the browser stores nothing', async () => {
    const keeper = new UsageKeeper(
      async () => heardAt(0, 'a', entry(1)),
      () => {
        throw new Error('no storage');
      },
    );
    await keeper.refresh();
    expect(keeper.state.getState()).toMatchObject({ isKept: false, heard: { tag: 'a' } });
  });

  it('B29 is not written into the database of a newer build', async () => {
    const { keeper, state, disk } = aKeeper([heardAt(0, 'a', entry(1))]);
    const newer = new BurnrateDatabase(disk);
    newer.version(99).stores({ later: 'id' });
    await newer.open();
    newer.close();
    await keeper.refresh();
    expect(state()).toMatchObject({ isKept: false, heard: { tag: 'a' } });
    await newer.open();
    onTestFinished(() => newer.close());
    expect(await storedUsage(newer)).toBeNull();
  });

  it('B27 begins with nothing where nothing was stored', async () => {
    const { onDisk } = aKeeper([]);
    expect(await onDisk()).toBeNull();
  });
});
