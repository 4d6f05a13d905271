import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { parseAnomaliesReply } from '#core/wire/anomalies.ts';
import { readTables, readTruth } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

const FINEST_MS = 5_000;
/** What the issue allows between the first call of the runaway and its name on the screen, ms. */
const LONGEST_MS = 15_000;
/** From the start of the server on, ms. */
const RUNAWAY_AFTER_MS = 10_000;

/** When the runaway begins, by what the server remembers of its start, epoch ms. */
function runawayStartOf(dataDir: string): number {
  const text = readFileSync(join(dataDir, 'fleet-runaway.json'), 'utf8');
  const { startedAtMs } = JSON.parse(text) as { startedAtMs: number }; // written by the server
  return Math.ceil((startedAtMs + RUNAWAY_AFTER_MS) / FINEST_MS) * FINEST_MS;
}

/** Who spent most beyond what they did before, by the server's history, past all detection. */
async function culpritOf(url: string, startMs: number): Promise<string> {
  const spendOf = async (fromMs: number, toMs: number) => {
    const spend = new Map<string, number>();
    for (const line of await readTruth(url, [{ fromMs, toMs }])) {
      const [, name = '', , , cost] = line.split(' ');
      const customer = name.split('/')[1] ?? '';
      spend.set(customer, (spend.get(customer) ?? 0) + Number(cost));
    }
    return spend;
  };
  const before = await spendOf(startMs - 2 * FINEST_MS, startMs);
  const after = await spendOf(startMs, startMs + 2 * FINEST_MS);
  const rises = [...after].map(([id, cost]) => ({ id, rise: cost - (before.get(id) ?? 0) }));
  return rises.reduce((most, one) => (one.rise > most.rise ? one : most)).id;
}

async function changesOf(url: string) {
  const reply = parseAnomaliesReply(await (await fetch(`${url}/api/anomalies`)).json());
  if (!reply.ok) throw new Error(reply.reason);
  return reply.value;
}

interface KeptAck {
  readonly incidentId: string;
  readonly state: string;
  readonly clientId: string;
}

test.describe('with a customer that runs away 10 s after the start', () => {
  test.use({ settings: { FLEET_INCIDENTS: 'now' } });

  test('X80 X81 a runaway is on screen with its culprit, is acknowledged without a server, and everybody comes to know', async ({
    server,
    profile,
    otherProfile,
  }) => {
    profile.expectComplaint(/ERR_CONNECTION_REFUSED/);
    const runawayMs = runawayStartOf(server.dataDir);
    const page = await profile.open(server.url);
    const dashboard = new Dashboard(page);
    await dashboard.isKept();
    // The fleet may have others that go on for longer.
    const fresh = incidents(page)
      .filter({ hasText: /ongoing for (\d+ min )?\d+ s/ })
      .filter({ hasText: 'Spend spike' });
    await expect(fresh).toHaveCount(1, { timeout: 60_000 });
    const seenMs = Date.now() - runawayMs;
    test.info().annotations.push({ type: 'seen after, ms', description: String(seenMs) });
    expect(seenMs).toBeLessThan(LONGEST_MS);
    await expect
      .poll(() => Date.now(), 'two whole buckets of it are history')
      .toBeGreaterThan(runawayMs + 3 * FINEST_MS);
    const culprit = await culpritOf(server.url, runawayMs);
    const ongoing = incidents(page).filter({ hasText: 'Spend spike' }).filter({ hasText: culprit });
    await expect(ongoing).toContainText('ongoing');

    await server.kill();
    await expect(dashboard.badge).toHaveAttribute('data-state', /waiting|offline/);
    await ongoing.getByRole('button', { name: 'Acknowledge' }).click();
    await isAcknowledged(ongoing);
    await expect(ongoing).toContainText('not sent yet');

    await profile.closeBrowser();
    const again = await profile.open(server.url);
    const kept = incidents(again).filter({ hasText: culprit }).filter({ hasText: 'Spend spike' });
    await isAcknowledged(kept);
    await expect(kept).toContainText('not sent yet');

    await server.start();
    await expect(kept).not.toContainText('not sent yet');
    await isAcknowledged(kept);
    const truth = await changesOf(server.url);
    expect(truth.acks).toHaveLength(1);
    expect(truth.acks[0]).toMatchObject({ state: 'acknowledged' });
    const [acks, outbox] = await readTables<[KeptAck, object]>(again, ['acks', 'outbox']);
    expect(acks).toEqual(truth.acks);
    expect(outbox, 'nothing waits any more').toEqual([]);

    const other = await otherProfile.open(server.url);
    const theirs = incidents(other).filter({ hasText: culprit }).filter({ hasText: 'Spend spike' });
    await isAcknowledged(theirs);
    expect((await changesOf(server.url)).acks, 'it was sent once').toEqual(truth.acks);
  });
});

function incidents(page: Page): Locator {
  return page.getByRole('region', { name: 'Anomalies' }).getByRole('listitem');
}

async function isAcknowledged(incident: Locator): Promise<void> {
  await expect(incident).toHaveAttribute('data-state', 'acknowledged');
  await expect(incident).toContainText('Acknowledged');
}
