import { describe, expect, it } from 'vitest';
import {
  type OutboxCommand,
  type OutboxSignal,
  type OutboxState,
  stepOutbox,
} from './step-outbox.ts';
import { aReply, aRow } from './testing/rows.ts';

const head = (order: number | null): OutboxSignal => ({
  kind: 'head',
  row: order === null ? null : aRow(order),
});
const done = (order: number): OutboxSignal => ({
  kind: 'verdict',
  verdict: { kind: 'done', reply: aReply(aRow(order)) },
});
const refused: OutboxSignal = { kind: 'verdict', verdict: { kind: 'refused', reason: 'why' } };
const retry = (retryAfterMs = 0): OutboxSignal => ({
  kind: 'verdict',
  verdict: { kind: 'retry', retryAfterMs },
});
const CHANGED: OutboxSignal = { kind: 'changed' };
const SETTLED: OutboxSignal = { kind: 'settled' };
const BROKEN: OutboxSignal = { kind: 'storage-failure' };
const HINT: OutboxSignal = { kind: 'retry-now' };

type Events = readonly [atMs: number, signal: OutboxSignal][];

/** Drives the machine through `events` (at a time, a signal) and logs what it wants and becomes. */
function timeline(events: Events, random = 0.5): string[] {
  let state: OutboxState = { kind: 'idle' };
  let wakeAtMs: number | null = null;
  const log: string[] = [];
  const feed = (nowMs: number, signal: OutboxSignal) => {
    const step = stepOutbox(state, signal, { nowMs, random });
    state = step.state;
    if (step.command) wakeAtMs = step.command.kind === 'wake-at' ? step.command.atMs : null;
    log.push(`${nowMs} ${signal.kind} -> ${state.kind}${commandOf(step.command)}`);
  };
  for (const [atMs, signal] of events) {
    while (wakeAtMs !== null && wakeAtMs <= atMs) feed(wakeAtMs, { kind: 'wake' });
    feed(atMs, signal);
  }
  return log;
}

function commandOf(command: OutboxCommand | null): string {
  switch (command?.kind) {
    case undefined:
      return '';
    case 'look':
      return ', look';
    case 'send':
      return `, send ${command.row.order}`;
    case 'settle':
      return `, settle ${command.row.order} ${command.verdict.kind}`;
    case 'wake-at':
      return `, wake at ${command.atMs}`;
  }
}

describe('the outbox', () => {
  it('S56 sends one after the other, and looks again after each', () => {
    expect(
      timeline([
        [0, CHANGED],
        [1, head(1)],
        [40, done(1)],
        [41, SETTLED],
        [42, head(2)],
        [80, refused],
        [81, SETTLED],
        [82, head(null)],
        [90, CHANGED],
      ]),
    ).toEqual([
      '0 changed -> looking, look',
      '1 head -> sending, send 1',
      '40 verdict -> settling, settle 1 done',
      '41 settled -> looking, look',
      '42 head -> sending, send 2',
      '80 verdict -> settling, settle 2 refused',
      '81 settled -> looking, look',
      '82 head -> idle',
      '90 changed -> looking, look',
    ]);
  });

  it('S56 looks again when something was decided while it looked, and never overtakes', () => {
    expect(
      timeline([
        [0, CHANGED],
        [1, CHANGED],
        [2, head(null)],
        [3, head(1)],
        [4, CHANGED],
        [9, done(1)],
        [10, CHANGED],
        [11, SETTLED],
        [12, head(2)],
      ]),
    ).toEqual([
      '0 changed -> looking, look',
      '1 changed -> looking',
      '2 head -> looking, look',
      '3 head -> sending, send 1',
      '4 changed -> sending',
      '9 verdict -> settling, settle 1 done',
      '10 changed -> settling',
      '11 settled -> looking, look',
      '12 head -> sending, send 2',
    ]);
  });

  it('S57 tries again later and later, as the server asks, and never gives up', () => {
    expect(
      timeline([
        [0, CHANGED],
        [0, head(1)],
        [10, retry()],
        [510, head(1)],
        [520, retry()],
        [1_520, head(1)],
        [1_530, retry(10_000)],
        [11_530, head(1)],
        [11_540, retry(3_600_000)],
        [311_540, head(1)],
        [311_550, retry()],
        [319_550, head(1)],
        [319_560, done(1)],
        [319_561, SETTLED],
        [319_562, head(2)],
        [319_563, retry()],
      ]),
    ).toEqual([
      '0 changed -> looking, look',
      '0 head -> sending, send 1',
      '10 verdict -> waiting, wake at 510',
      '510 wake -> looking, look',
      '510 head -> sending, send 1',
      '520 verdict -> waiting, wake at 1520',
      '1520 wake -> looking, look',
      '1520 head -> sending, send 1',
      '1530 verdict -> waiting, wake at 11530',
      '11530 wake -> looking, look',
      '11530 head -> sending, send 1',
      '11540 verdict -> waiting, wake at 311540',
      '311540 wake -> looking, look',
      '311540 head -> sending, send 1',
      '311550 verdict -> waiting, wake at 319550',
      '319550 wake -> looking, look',
      '319550 head -> sending, send 1',
      '319560 verdict -> settling, settle 1 done',
      '319561 settled -> looking, look',
      '319562 head -> sending, send 2',
      '319563 verdict -> waiting, wake at 320063',
    ]);
  });

  it('S57 sends at once when the server is back, also if what was under way then comes to nothing', () => {
    expect(
      timeline([
        [0, CHANGED],
        [0, head(1)],
        [10, retry()],
        [20, CHANGED],
        [100, HINT],
        [101, head(1)],
        [5_000, HINT],
        [15_000, retry()],
        [15_001, head(1)],
        [15_010, retry()],
      ]),
    ).toEqual([
      '0 changed -> looking, look',
      '0 head -> sending, send 1',
      '10 verdict -> waiting, wake at 510',
      '20 changed -> waiting',
      '100 retry-now -> looking, look',
      '101 head -> sending, send 1',
      '5000 retry-now -> sending',
      '15000 verdict -> looking, look',
      '15001 head -> sending, send 1',
      '15010 verdict -> waiting, wake at 16010',
    ]);
  });

  it('S57 waits longer each time while what is stored cannot be read or written', () => {
    expect(
      timeline([
        [0, CHANGED],
        [1, BROKEN],
        [501, BROKEN],
        [1_501, head(1)],
        [1_502, done(1)],
        [1_503, BROKEN],
        [3_503, head(1)],
        [3_504, done(1)],
        [3_505, SETTLED],
      ]),
    ).toEqual([
      '0 changed -> looking, look',
      '1 storage-failure -> waiting, wake at 501',
      '501 wake -> looking, look',
      '501 storage-failure -> waiting, wake at 1501',
      '1501 wake -> looking, look',
      '1501 head -> sending, send 1',
      '1502 verdict -> settling, settle 1 done',
      '1503 storage-failure -> waiting, wake at 3503',
      '3503 wake -> looking, look',
      '3503 head -> sending, send 1',
      '3504 verdict -> settling, settle 1 done',
      '3505 settled -> looking, look',
    ]);
  });

  it('S57 passes over what does not belong to where it is', () => {
    expect(
      timeline([
        [0, done(1)],
        [1, SETTLED],
        [2, head(1)],
        [3, CHANGED],
        [4, done(1)],
        [5, head(1)],
        [6, head(2)],
        [7, SETTLED],
        [8, done(1)],
        [9, head(3)],
      ]),
    ).toEqual([
      '0 verdict -> idle',
      '1 settled -> idle',
      '2 head -> idle',
      '3 changed -> looking, look',
      '4 verdict -> looking',
      '5 head -> sending, send 1',
      '6 head -> sending',
      '7 settled -> sending',
      '8 verdict -> settling, settle 1 done',
      '9 head -> settling',
    ]);
  });
});
