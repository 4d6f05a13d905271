import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { Browser } from '#app/testing/browser.ts';
import type { FakeTab } from '#app/testing/fake-world.ts';
import {
  click,
  expectSame,
  giveLedger,
  incidentOf,
  keptIncidents,
} from '#app/testing/incidents.ts';
import type { ScriptedLedger } from '#app/testing/scripted-ledger.ts';

const SECOND_MS = 1_000;
const SLOW_MS = 180_000;
const STATES = ['acknowledged', 'dismissed', 'open'] as const;

/** A browser, its user, other users and their server, to whom anything may happen. */
class Life {
  readonly browser: Browser;
  readonly ids = ['a', 'b', 'c', 'd'];
  /** All there ever were; the last one is in use. */
  readonly ledgers: ScriptedLedger[];
  tabs: FakeTab[] = [];
  /** Decisions of the user, numbered in their notes. */
  clicks = 0;
  #others = 0;

  constructor(seed: number, hasLocks: boolean) {
    this.browser = new Browser(undefined, seed);
    this.browser.world.hasLocks = hasLocks;
    this.browser.world.startStreaming();
    this.ledgers = [giveLedger(this.browser, this.ids)];
    this.open();
    this.open();
  }

  get ledger(): ScriptedLedger {
    const newest = this.ledgers.at(-1);
    if (!newest) throw new Error('there is always one');
    return newest;
  }

  pick(count: number): number {
    return Math.floor(this.browser.world.random() * count);
  }

  oneOf<T>(items: readonly T[]): T {
    const one = items[this.pick(items.length)];
    if (one === undefined) throw new Error('there is none');
    return one;
  }

  open(): void {
    this.tabs.push(this.browser.openTab());
  }

  kill(): void {
    this.tabs.splice(this.pick(this.tabs.length), 1)[0]?.kill();
  }

  /** Opened, and killed in the middle of whatever it does first. */
  async openAndKill(): Promise<void> {
    const tab = this.browser.openTab();
    for (let turn = this.pick(120); turn > 0; turn--) await nextTurn();
    tab.kill();
  }

  /** The user decides, and the tab that sends it may not live to hear the answer. */
  async click(): Promise<void> {
    const ids = this.ids.filter(() => this.pick(2) === 0);
    for (const id of ids) {
      await click(this.browser, [id], this.oneOf(STATES), { note: String(this.clicks++) });
    }
    if (this.pick(3) > 0) return;
    for (let turn = this.pick(60); turn > 0; turn--) await nextTurn();
    this.kill();
    this.open();
  }

  /** Somebody else decides, or the detection says more. */
  happen(): void {
    const { server } = this.browser;
    const id = this.oneOf(this.ids);
    const state = this.oneOf(STATES);
    const clientId = `device-b-${this.#others++}`;
    this.ledger.decide(id, { clientId, state, note: '', who: 'Bo' }, server.nowMs);
    const severity = this.oneOf(['minor', 'major', 'critical'] as const);
    this.ledger.save(server.store.epoch, incidentOf(this.browser, id, { severity }));
  }

  /** The server comes back with an empty ledger, in which all was found again, or not yet. */
  replaceLedger(): void {
    const known = this.ids.filter(() => this.pick(5) > 0);
    const fresh = giveLedger(this.browser, known, `ledger-${this.ledgers.length + 1}`);
    this.ledgers.push(fresh);
    this.browser.server.cutStreams();
  }

  /** Answers get lost on their way, some of them. */
  loseAnswers(): void {
    this.browser.server.distort = (reply, path) => {
      if (path.includes('anomalies') && this.pick(2) === 0) throw new TypeError('connection lost');
      return reply;
    };
  }

  switchServer(): void {
    const { server } = this.browser;
    server.isUp = !server.isUp;
    if (!server.isUp) server.cutStreams();
  }

  async calmDown(): Promise<void> {
    const { server } = this.browser;
    server.isUp = true;
    server.isLedgerOpen = true;
    server.distort = null;
    this.ledger.pageSize = 500;
    for (const tab of this.tabs) tab.kill();
    this.tabs = [];
    this.open();
    this.open();
    await this.browser.live(120 * SECOND_MS);
  }
}

describe('a random life', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'S73 (seed %i) ends with every decision told once, in order, and the device as the server',
    (seed) => liveThrough(seed, true),
    SLOW_MS,
  );

  it.each([12, 13, 14])(
    'S73 without locks (seed %i) ends the same',
    (seed) => liveThrough(seed, false),
    SLOW_MS,
  );
});

async function liveThrough(seed: number, hasLocks: boolean): Promise<void> {
  const life = new Life(seed, hasLocks);
  const { server } = life.browser;
  const events: (() => void | Promise<void>)[] = [
    () => life.click(),
    () => life.click(),
    () => life.happen(),
    () => life.kill(),
    () => life.open(),
    () => life.openAndKill(),
    () => life.switchServer(),
    () => server.cutStreams(),
    () => void (server.isLedgerOpen = !server.isLedgerOpen),
    () => void (server.hasStream = !server.hasStream),
    () => (server.distort ? void (server.distort = null) : life.loseAnswers()),
    () => void (life.ledger.pageSize = 1 + life.pick(3)),
    () => (life.pick(3) === 0 ? life.replaceLedger() : undefined),
  ];
  for (let step = 0; step < 60; step++) {
    await life.oneOf(events)();
    await life.browser.live(life.pick(5_000));
  }
  await life.calmDown();
  await expectGood(life);
}

async function expectGood({ browser, ledger, ledgers, clicks }: Life): Promise<void> {
  await expectSame(browser, ledger);
  const { outbox, notices } = await keptIncidents(browser.disk);
  expect(outbox).toEqual([]);
  expect(clicks).toBeGreaterThan(5);

  const ownIn = (one: ScriptedLedger) => one.arrived.filter((ack) => ack.who === 'Ann');
  const refused = notices.filter((one) => one.what.kind === 'refused');
  const ended = [...ledgers.flatMap(ownIn), ...refused.map((one) => one.request)];
  const numbers = new Set(ended.map((one) => Number(one.note)));
  expect([...numbers].toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: clicks }, (_, i) => i),
  );
  for (const one of ledgers) {
    const arrived = ownIn(one).map((ack) => Number(ack.note));
    expect(arrived).toEqual(arrived.toSorted((a, b) => a - b));
  }

  const overruled = notices.flatMap(({ request, what }) =>
    what.kind === 'superseded' ? [{ request, by: what.by }] : [],
  );
  for (const { request, by } of overruled) {
    expect(by.who).toBe('Bo');
    expect(by.state).not.toBe(request.state);
  }
  const notes = notices.map((one) => one.request.note);
  expect(notes.length).toBe(new Set(notes).size);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
