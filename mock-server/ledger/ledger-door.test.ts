import { describe, expect, it, onTestFinished } from 'vitest';
import type { Database } from './database.ts';
import { Ledger } from './ledger.ts';
import { startLedger } from './ledger-door.ts';
import type { LedgerOpened } from './open-ledger.ts';

const NEVER = new Promise<Error>(() => {});

/** A ledger that is never asked, and tells how often it was closed. */
function aLedger() {
  let closed = 0;
  const database: Database = {
    transaction: () => Promise.reject(new Error('it was not to be asked')),
    close: () => {
      closed += 1;
      return Promise.resolve();
    },
  };
  return { ledger: new Ledger(database), closed: () => closed };
}

/** Opens as it is told, one answer after the other; the last one again and again. */
function start(...answers: (LedgerOpened | Promise<LedgerOpened>)[]) {
  const logged: unknown[] = [];
  let asked = 0;
  let opened = 0;
  const door = startLedger({
    open: async () => {
      asked += 1;
      const answer = await (answers.length > 1 ? answers.shift() : answers[0]);
      if (!answer) throw new Error('no answer was given');
      return answer;
    },
    log: { error: (...message: unknown[]) => void logged.push(...message) },
    onOpen: () => void (opened += 1),
    retryMs: 1,
  });
  onTestFinished(door.close);
  return { door, logged, asked: () => asked, opened: () => opened };
}

describe('the door of the ledger', () => {
  it('K23 is there at once, and opens when the ledger does', async () => {
    const { ledger, closed } = aLedger();
    let open = (_: LedgerOpened) => {};
    const { door, logged } = start(new Promise((resolve) => (open = resolve)));
    expect(door.ledger()).toBeNull();
    open({ ok: true, ledger, warning: 'an old one was set aside', lost: NEVER });
    await expect.poll(door.ledger).toBe(ledger);
    expect(logged).toEqual(['an old one was set aside']);
    await Promise.all([door.close(), door.close()]);
    expect(door.ledger()).toBeNull();
    expect(closed()).toBe(1);
  });

  it('K23 closes what opens while it is being closed', async () => {
    const { ledger, closed } = aLedger();
    let open = (_: LedgerOpened) => {};
    const { door } = start(new Promise((resolve) => (open = resolve)));
    const closing = door.close();
    open({ ok: true, ledger, warning: null, lost: NEVER });
    await closing;
    expect(closed()).toBe(1);
    expect(door.ledger()).toBeNull();
  });

  it('K24 is tried again while there is hope, and each reason is logged once', async () => {
    const { ledger } = aLedger();
    const held: LedgerOpened = { ok: false, reason: 'it is held', isFinal: false };
    const other: LedgerOpened = { ok: false, reason: 'it is full', isFinal: false };
    const { door, logged } = start(held, held, other, {
      ok: true,
      ledger,
      warning: null,
      lost: NEVER,
    });
    await expect.poll(door.ledger).toBe(ledger);
    expect(logged).toEqual(['no ledger: it is held', 'no ledger: it is full']);
  });

  it('K38 is closed and opened anew when its database has ended by itself', async () => {
    const [first, second] = [aLedger(), aLedger()];
    let lose = (_: Error) => {};
    const lost = new Promise<Error>((resolve) => (lose = resolve));
    const held: LedgerOpened = { ok: false, reason: 'it is held', isFinal: false };
    const { door, logged, opened } = start(
      { ok: true, ledger: first.ledger, warning: null, lost },
      held,
      { ok: true, ledger: second.ledger, warning: null, lost: NEVER },
    );
    await expect.poll(door.ledger).toBe(first.ledger);
    expect(first.closed()).toBe(0);
    lose(new Error('its thread has ended'));
    await expect.poll(door.ledger).toBe(second.ledger);
    expect(opened()).toBe(2);
    expect(first.closed()).toBe(1);
    expect(logged.at(-1)).toBe('no ledger: it is held');
    await door.close();
    expect([first.closed(), second.closed()]).toEqual([1, 1]);
  });

  it('K24 is not tried again when that is of no use', async () => {
    const { door, logged, asked } = start({ ok: false, reason: 'it is newer', isFinal: true });
    await expect.poll(() => logged).toEqual(['no ledger: it is newer']);
    await door.close();
    expect(asked()).toBe(1);
  });
});
