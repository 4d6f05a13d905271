import { describe, expect, it } from 'vitest';
import type { Anomaly } from '#core/wire/anomalies.ts';
import type { IncidentReport } from '#core/wire/incidents.ts';
import { anIncident } from '#core/wire/testing/anomalies.ts';
import type { Keeper, Kept } from './messages.ts';
import { SaveQueue } from './save-queue.ts';

const aPoint = (atMs: number): Kept => ({ atMs, state: new Uint8Array([atMs]) });
const anOwn = (id: string, score = 1): IncidentReport => anIncident({ id, score });

/** A ledger that notes what it takes; `answers` are taken in turn: an error is thrown, the rest is taken. */
function aKeeper(answers: (Error | null)[] = []) {
  const lines: string[] = [];
  const keeper: Keeper = {
    save: async (key, reports, checkpoint) => {
      await Promise.resolve();
      const answer = answers.shift();
      if (answer) throw answer;
      const ids = reports.map((one) => `${one.id}:${one.score}`).join(',');
      lines.push(`${key} ${ids} ${checkpoint?.atMs ?? '-'}`);
      return reports.map((one, i): Anomaly => ({ ...one, revision: i }));
    },
    checkpoint: () => Promise.resolve(null),
  };
  return { keeper, lines };
}

function aQueue(bound: Keeper, ledger: () => Keeper | null = () => bound) {
  const changed: string[] = [];
  const said: string[] = [];
  const others: string[] = [];
  const queue = new SaveQueue({
    epoch: 'e',
    bound,
    ledger,
    onOther: (reason) => void others.push(reason),
    onChange: (changes) => void changed.push(...changes.map((one) => one.id)),
    log: { error: (message: unknown) => void said.push(String(message)) },
    retryMs: 5,
  });
  return { queue, changed, said, others };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe('what waits for the ledger', () => {
  it('X39 is written in order: what was learnt, then incidents with their point', async () => {
    const { keeper, lines } = aKeeper();
    const { queue, changed } = aQueue(keeper);
    queue.add({ reports: [], point: null, learnt: { slot: 1, ...aPoint(3) } });
    queue.add({ reports: [anOwn('a'), anOwn('b')], point: aPoint(5), learnt: null });
    await until(() => lines.length === 2);
    expect(lines).toEqual(['e/learnt-1  3', 'e a:1,b:1 5']);
    expect(changed).toEqual(['a', 'b']);
  });

  it('X39 is tried again until it is taken, and the trouble is told once', async () => {
    const failing = [new Error('away'), new Error('away'), null, new Error('full')];
    const { keeper, lines } = aKeeper(failing);
    const { queue, said } = aQueue(keeper);
    queue.add({ reports: [anOwn('a')], point: aPoint(5), learnt: null });
    await until(() => lines.length === 1);
    queue.add({ reports: [anOwn('b')], point: aPoint(6), learnt: null });
    await until(() => lines.length === 2);
    expect(lines).toEqual(['e a:1 5', 'e b:1 6']);
    expect(said).toEqual([
      'the ledger does not take incidents: away',
      'the ledger does not take incidents: full',
    ]);
  });

  it('X39 is only the newest word on each incident while the ledger is away', async () => {
    const { keeper, lines } = aKeeper();
    let open: Keeper | null = null;
    const { queue } = aQueue(keeper, () => open);
    for (let score = 1; score <= 500; score++)
      queue.add({ reports: [anOwn('a', score)], point: aPoint(score), learnt: null });
    queue.add({ reports: [anOwn('b')], point: null, learnt: null });
    open = keeper;
    await until(() => lines.length > 0);
    expect(lines).toEqual(['e a:500,b:1 500']);
  });

  it('X39 is written a few at a time, the point with the last', async () => {
    const { keeper, lines } = aKeeper();
    const { queue } = aQueue(keeper);
    const reports = Array.from({ length: 45 }, (_, i) => anOwn(`i${i}`));
    queue.add({ reports, point: aPoint(9), learnt: null });
    await until(() => lines.length === 3);
    expect(lines.map((line) => line.split(' ').at(-1))).toEqual(['-', '-', '9']);
    expect(lines.join(',').match(/i\d+:1/g)).toHaveLength(45);
  });

  it('X39 is not written into another ledger than the one that was gone on from', async () => {
    const { keeper, lines } = aKeeper();
    const other = aKeeper();
    const { queue, others } = aQueue(keeper, () => other.keeper);
    queue.add({ reports: [anOwn('a')], point: null, learnt: null });
    await until(() => others.length > 0);
    await queue.close();
    expect([...lines, ...other.lines]).toEqual([]);
    expect(others).toEqual(['another ledger is open']);
  });

  it('X39 is left when the server stops, after what is under way', async () => {
    const { keeper, lines } = aKeeper([new Error('away')]);
    const { queue } = aQueue(keeper);
    queue.add({ reports: [anOwn('a')], point: null, learnt: null });
    await queue.close();
    await queue.close();
    expect(lines).toEqual([]);
  });
});
