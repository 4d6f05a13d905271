import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { Browser } from '#app/testing/browser.ts';
import { cachedLines } from '#app/testing/cache-truth.ts';
import { expectTruth } from '#app/testing/expect-truth.ts';

const SECONDS = 60;
const CUSTOMERS = 100;
const BUCKETS = SECONDS / 5;

/** One update of each of a hundred customers in every tick of the coming minute. */
function useBusily(browser: Browser): void {
  const fromMs = Math.floor(browser.server.nowMs / 1_000) * 1_000;
  for (let second = 0; second < SECONDS + 10; second++) {
    for (let i = 0; i < CUSTOMERS; i++) {
      const key = { tenantId: 'busy', customerId: `customer-${i}`, model: 'gpt-4o' };
      const used = 100 + ((second * 31 + i * 17) % 400);
      const rollup = { calls: 1, tokens: used, costMicroUsd: used * 3, latencyMsSum: 200 };
      browser.server.store.use(fromMs + second * 1_000, key, rollup);
    }
  }
}

describe('a hundred updates a second', () => {
  it('D31 are all stored, in a commit per bucket and a frame per bucket, not per update', async () => {
    const browser = new Browser();
    browser.world.startStreaming();
    const { store } = browser;
    let commits = 0;
    const commit = store.commit.bind(store);
    store.commit = (change) => {
      commits++;
      return commit(change);
    };
    const tab = browser.openTab(store);
    await browser.live(10_000);
    const [commitsBefore, framesBefore] = [commits, tab.look()?.number ?? 0];
    useBusily(browser);
    for (let second = 0; second < SECONDS; second++) {
      await browser.world.advance(1_000);
      tab.look();
    }
    expect(commits - commitsBefore).toBeLessThanOrEqual(BUCKETS + 1);
    expect((tab.frame?.number ?? 0) - framesBefore).toBeLessThanOrEqual(BUCKETS + 2);
    await browser.world.advance(15_000);
    await expectTruth(browser);
    const { lines } = await cachedLines(browser.store);
    const busy = lines.filter((line) => line.includes('"busy"'));
    expect(busy).toHaveLength(CUSTOMERS * ((SECONDS + 10) / 5 + 1));
    expect(tab.look()?.customers.length).toBeGreaterThanOrEqual(CUSTOMERS);
  });
});
