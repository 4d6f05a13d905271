import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIVE_SETTINGS } from '#core/live/settings.ts';
import type { IncidentReport } from '#core/wire/incidents.ts';
import { Browser } from '#app/testing/browser.ts';
import { expectSame, giveLedger, incidentOf, keptIncidents } from '#app/testing/incidents.ts';

const MINUTE_MS = 60_000;
/** How long more than a thousand rows take is the machine's business. */
const SLOW_MS = 120_000;

function aBrowser(transport: 'streaming' | 'polling'): Browser {
  const browser = new Browser();
  if (transport === 'streaming') browser.world.startStreaming();
  return browser;
}

const asksFor = (browser: Browser) =>
  browser.server.asked.filter((path) => path.startsWith('/api/anomalies'));

const ack = (n: number) => ({
  clientId: `device-b-${n}`,
  state: 'acknowledged',
  note: '',
  who: 'Bo',
});

describe.each(['streaming', 'polling'] as const)('incidents, %s', (transport) => {
  it('S58 are the same as the server has them, from the first moment and with every change', async () => {
    const browser = aBrowser(transport);
    const ledger = giveLedger(browser, ['a', 'b']);
    ledger.decide('a', ack(1), browser.server.nowMs);
    browser.openTab();
    await browser.live(5_000);
    await expectSame(browser, ledger);
    const asked = asksFor(browser).length;
    ledger.save(browser.server.store.epoch, incidentOf(browser, 'b', { severity: 'critical' }));
    ledger.save(browser.server.store.epoch, incidentOf(browser, 'c'));
    ledger.decide('b', ack(2), browser.server.nowMs);
    await browser.live(5_000);
    await expectSame(browser, ledger);
    // The connection brings what is new: nothing more is asked.
    expect(asksFor(browser).length).toBe(asked);
  });

  it('S58 are asked for page by page where the connection does not bring them', async () => {
    const browser = aBrowser(transport);
    const ledger = giveLedger(browser, ['a']);
    ledger.pageSize = 3;
    ledger.tail = 4;
    const tab = browser.openTab();
    await browser.live(5_000);
    tab.kill();
    const { epoch } = browser.server.store;
    for (let n = 0; n < 10; n++) ledger.save(epoch, incidentOf(browser, `n${n}`));
    browser.openTab();
    const asked = asksFor(browser).length;
    await browser.live(5_000);
    await expectSame(browser, ledger);
    expect(asksFor(browser).slice(asked)).toEqual(
      [1, 4, 7, 10].map((revision) => `/api/anomalies?sinceRevision=${revision}`),
    );
  });

  it('S59 of another ledger or another data set replace what there was', async () => {
    const browser = aBrowser(transport);
    giveLedger(browser, ['a', 'b', 'c']);
    browser.openTab();
    await browser.live(5_000);
    const other = giveLedger(browser, ['b'], 'ledger-2');
    browser.server.cutStreams();
    await browser.live(10_000);
    await expectSame(browser, other);
    expect((await keptIncidents(browser.disk)).anomalies.map((one) => one.id)).toEqual(['b']);
  });

  it('S59 of a ledger that was put back to an earlier day are as it is now', async () => {
    const browser = aBrowser(transport);
    const ledger = giveLedger(browser, ['a', 'b', 'c', 'd']);
    browser.openTab();
    await browser.live(5_000);
    await expectSame(browser, ledger);
    const earlier = giveLedger(browser, ['a', 'b']);
    browser.server.cutStreams();
    await browser.live(10_000);
    await expectSame(browser, earlier);
  });

  it('S60 stay while the ledger is not open, which is asked for ever less often, and then are told', async () => {
    const browser = aBrowser(transport);
    const ledger = giveLedger(browser, ['a', 'b']);
    const tab = browser.openTab();
    await browser.live(5_000);
    browser.server.isLedgerOpen = false;
    browser.server.cutStreams();
    const asked = asksFor(browser).length;
    await browser.live(5 * MINUTE_MS);
    expect((await keptIncidents(browser.disk)).anomalies).toHaveLength(2);
    expect(tab.status?.connection.kind).toBe('live');
    expect(asksFor(browser).length - asked).toBeLessThan(30);
    ledger.save(browser.server.store.epoch, incidentOf(browser, 'c'));
    browser.server.isLedgerOpen = true;
    await browser.live(40_000);
    await expectSame(browser, ledger);
  });

  it('S60 are asked for ever less often while what comes makes no sense, and metrics go on', async () => {
    const browser = aBrowser(transport);
    const ledger = giveLedger(browser, ['a', 'b']);
    browser.server.distort = (reply, path) =>
      path.startsWith('/api/anomalies')
        ? Response.json({ anomalies: 'all of them' }, { headers: reply.headers })
        : reply;
    const tab = browser.openTab();
    await browser.live(5 * MINUTE_MS);
    expect(asksFor(browser).length).toBeLessThan(30);
    expect(tab.status?.connection.kind).toBe('live');
    expect((await keptIncidents(browser.disk)).anomalies).toEqual([]);
    browser.server.distort = null;
    await browser.live(40_000);
    await expectSame(browser, ledger);
  });

  it('S60 that a newer server tells in another way stop nothing, and come when they can be read', async () => {
    const browser = aBrowser(transport);
    const ledger = giveLedger(browser, ['a', 'b']);
    const tab = browser.openTab();
    await browser.live(5_000);
    const asked = browser.server.asked.length;
    const { epoch } = browser.server.store;
    const ofTomorrow = { kind: 'of tomorrow' } as unknown as Partial<IncidentReport>; // as a newer build has it
    ledger.save(epoch, incidentOf(browser, 'c', ofTomorrow));
    for (let n = 0; n < 20; n++) {
      await browser.live(3_000);
      ledger.save(epoch, incidentOf(browser, 'a', { score: n }));
    }
    expect(tab.status?.connection.kind).toBe('live');
    expect(browser.server.nowMs - (tab.look()?.asOfMs ?? 0)).toBeLessThan(10_000);
    const since = browser.server.asked.slice(asked);
    // One that polls looks for a stream once a minute.
    expect(since.filter((path) => path.startsWith('/api/stream')).length).toBeLessThan(2);
    expect(since.filter((path) => path.startsWith('/api/anomalies')).length).toBeLessThan(20);
    ledger.save(epoch, incidentOf(browser, 'c'));
    await browser.live(40_000);
    await expectSame(browser, ledger);
  });

  it('S60 are not asked for of a server that has none', async () => {
    const browser = aBrowser(transport);
    const tab = browser.openTab();
    await browser.live(5 * MINUTE_MS);
    expect(asksFor(browser).length).toBeLessThan(2);
    expect(tab.status?.connection.kind).toBe('live');
  });

  it('S61 rest with everything else while nobody looks, but for every 30 s when they shall be told', async () => {
    const browser = aBrowser(transport);
    const ledger = giveLedger(browser, ['a']);
    const tab = browser.openTab();
    await browser.live(5_000);
    tab.send({ type: 'visibility', isVisible: false });
    await browser.live(10_000);
    const asked = browser.server.asked.length;
    await browser.live(5 * MINUTE_MS);
    expect(browser.server.asked.slice(asked)).toEqual([]);
    tab.send({ type: 'settings', settings: { ...DEFAULT_LIVE_SETTINGS, isNotifying: true } });
    ledger.save(browser.server.store.epoch, incidentOf(browser, 'b'));
    await browser.live(5 * MINUTE_MS);
    const hidden = browser.server.asked.slice(asked);
    expect(new Set(hidden.map((path) => path.split('?')[0]))).toEqual(new Set(['/api/anomalies']));
    expect(hidden).toHaveLength(10);
    await expectSame(browser, ledger);
    tab.send({ type: 'visibility', isVisible: true });
    await browser.live(MINUTE_MS);
    const shown = browser.server.asked.slice(asked + hidden.length);
    expect(shown.filter((path) => path.startsWith('/api/anomalies'))).toEqual([]);
  });

  it('S61 rest while the user pauses, notifications or not', async () => {
    const browser = aBrowser(transport);
    giveLedger(browser, ['a']);
    const tab = browser.openTab();
    await browser.live(5_000);
    const settings = { ...DEFAULT_LIVE_SETTINGS, isNotifying: true, isPaused: true };
    tab.send({ type: 'settings', settings });
    await browser.live(1_000);
    const asked = browser.server.asked.length;
    await browser.live(5 * MINUTE_MS);
    expect(browser.server.asked.slice(asked)).toEqual([]);
  });

  it('S62 go with the cleared cache, and come again from the server at once', async () => {
    const browser = aBrowser(transport);
    const ledger = giveLedger(browser, ['a', 'b']);
    browser.openTab();
    const other = browser.openTab();
    await browser.live(5_000);
    const asked = asksFor(browser).length;
    other.send({ type: 'clear-cache' });
    await browser.live(5_000);
    await expectSame(browser, ledger);
    expect(asksFor(browser).slice(asked)).toEqual(['/api/anomalies?sinceRevision=0']);
  });

  it('S14 end the same where all tabs lead, because there are no locks', async () => {
    const browser = aBrowser(transport);
    browser.world.hasLocks = false;
    const ledger = giveLedger(browser, ['a', 'b']);
    ledger.pageSize = 1;
    for (let n = 0; n < 3; n++) browser.openTab();
    await browser.live(10_000);
    const { epoch } = browser.server.store;
    for (let n = 0; n < 10; n++) ledger.save(epoch, incidentOf(browser, `n${n}`));
    await browser.live(10_000);
    await expectSame(browser, ledger);
  });
});

describe('a thousand incidents', () => {
  it(
    'S63 are kept, the newest, and with them what waits to be sent',
    async () => {
      const browser = aBrowser('streaming');
      const startMs = browser.server.nowMs - 10_000 * MINUTE_MS;
      const ledger = giveLedger(browser, []);
      const { epoch } = browser.server.store;
      for (let n = 0; n < 1_300; n++) {
        ledger.save(epoch, incidentOf(browser, `n${n}`, { startMs: startMs + n * MINUTE_MS }));
      }
      ledger.decide('n5', ack(1), browser.server.nowMs);
      browser.openTab();
      await browser.live(10_000);
      const kept = await keptIncidents(browser.disk);
      expect(kept.anomalies).toHaveLength(1_000);
      expect(Math.min(...kept.anomalies.map((one) => one.startMs))).toBe(startMs + 300 * MINUTE_MS);
      expect(kept.acks).toEqual([]);
      expect(kept.cursor?.revision).toBe(1_301);
    },
    SLOW_MS,
  );
});
