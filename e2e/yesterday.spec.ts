import { formatUsd } from '#app/ui/format.ts';
import { isFull, readTruth } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SPAN_MS = 15 * MINUTE_MS;
/** How far before the spike playback begins: some seconds at 60 times its speed. */
const LEAD_MS = 5 * MINUTE_MS;

interface Spike {
  readonly customer: string;
  /** The minute in which the customer spent most, compared with what it spends otherwise. */
  readonly atMs: number;
}

/** The minute of the last hours in which one customer stands out most. */
async function findSpike(url: string, nowMs: number): Promise<Spike> {
  const span = { fromMs: nowMs - 20 * HOUR_MS, toMs: nowMs - 2 * HOUR_MS };
  const spent = new Map<string, Map<number, number>>();
  for (const line of await readTruth(url, [span], '1m')) {
    const [startMs, name = '', , , cost] = line.split(' ');
    const customer = name.split('/')[1] ?? '';
    const minutes = spent.get(customer) ?? new Map<number, number>();
    minutes.set(Number(startMs), (minutes.get(Number(startMs)) ?? 0) + Number(cost));
    spent.set(customer, minutes);
  }
  const candidates = [...spent].map(([customer, minutes]) => {
    const costs = [...minutes.values()].sort((a, b) => a - b);
    const [atMs, cost] = [...minutes].reduce((most, one) => (one[1] > most[1] ? one : most));
    return { customer, atMs, extra: cost - (costs[Math.floor(costs.length / 2)] ?? 0) };
  });
  return candidates.reduce((most, one) => (one.extra > most.extra ? one : most));
}

test("N9 N15 yesterday's spike is watched with the server dead, stopped at, filtered to its cause, and sent as a link", async ({
  server,
  profile,
  otherProfile,
}) => {
  profile.expectComplaint(/ERR_CONNECTION_REFUSED/);
  const page = await profile.open(server.url);
  const dashboard = new Dashboard(page);
  await dashboard.isKept();
  await isFull(page, server.url);
  const nowMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const spike = await findSpike(server.url, nowMs);
  await server.kill();

  // What the address of a window of before looks like, a reader may well type.
  const from = new Date(spike.atMs - LEAD_MS).toISOString();
  await page.goto(`${server.url}/?window=15m&to=${from}`);
  const mode = page.getByRole('status', { name: 'Mode' });
  await expect(mode).toContainText('Historical');
  await expect(dashboard.tokenUsage).toContainText('in the 15 min to');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(mode).toContainText('Playing at 60×');
  const slider = page.getByRole('slider', { name: 'Playhead' });
  const playheadMs = () => slider.evaluate((one) => Number(one.getAttribute('value')));
  await expect.poll(playheadMs, { timeout: 20_000 }).toBeGreaterThan(spike.atMs + MINUTE_MS);
  await page.keyboard.press('k');
  await expect(mode).toContainText('Historical');
  const toMs = await playheadMs();

  const table = page.getByRole('grid', { name: 'Customers by spend' });
  await page.getByRole('searchbox', { name: 'Search customers' }).fill(spike.customer);
  await table.getByRole('button', { name: spike.customer }).first().click();
  await expect(table).toHaveAttribute('aria-rowcount', '2');
  const figures = page.getByRole('region', { name: 'Key figures' });
  const spend = figures.getByText('$').first();

  await server.start();
  const truth = await readTruth(server.url, [{ fromMs: toMs - SPAN_MS, toMs }], '1m');
  const microUsd = truth
    .map((line) => line.split(' '))
    .filter(([, name]) => name?.split('/')[1] === spike.customer)
    .reduce((sum, parts) => sum + Number(parts[4]), 0);
  await expect(spend).toHaveText(formatUsd(microUsd / 1e6));

  const theirs = await otherProfile.open(page.url());
  const theirFigures = theirs.getByRole('region', { name: 'Key figures' });
  await expect(theirFigures.getByText('$').first()).toHaveText(formatUsd(microUsd / 1e6));
  await expect(theirs.getByRole('status', { name: 'Mode' })).toContainText('Historical');
  await expect(theirs.getByRole('grid', { name: 'Customers by spend' })).toContainText(
    spike.customer,
  );
});

test('N15 a link to what is being played plays it for whoever opens it', async ({
  server,
  profile,
}) => {
  const first = await profile.open(server.url);
  await isFull(first, server.url);
  const to = new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 3 * HOUR_MS);
  const page = await profile.open(`${server.url}/?window=1h&to=${to.toISOString()}&play=300`);
  await expect(page.getByRole('status', { name: 'Mode' })).toContainText('Playing at 300×');
  await expect.poll(() => new URL(page.url()).searchParams.get('to')).not.toBe(to.toISOString());
  expect(new URL(page.url()).searchParams.get('play')).toBe('300');
  await page.keyboard.press('k');
  await expect.poll(() => new URL(page.url()).searchParams.has('play')).toBe(false);
});
