import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { click, keptIncidents } from '#app/testing/incidents.ts';
import { aScene, expectSettled, kill, putsTo, told } from '#app/testing/scene.ts';

const MINUTE_MS = 60_000;

describe('a decision', () => {
  it('S64 is on its way the moment it is made, and gone from the outbox with the answer', async () => {
    const scene = await aScene();
    await click(scene.browser, ['a']);
    await scene.browser.world.advance(0);
    await expectSettled(scene, ['a acknowledged']);
    expect((await keptIncidents(scene.browser.disk)).notices).toEqual([]);
  });

  it('S64 is sent after those before it, many at once too', async () => {
    const scene = await aScene();
    await click(scene.browser, ['c', 'a', 'b'], 'dismissed');
    await click(scene.browser, ['a'], 'open');
    await click(scene.browser, ['a'], 'acknowledged');
    await scene.browser.live(1_000);
    await expectSettled(scene, [
      'c dismissed',
      'a dismissed',
      'b dismissed',
      'a open',
      'a acknowledged',
    ]);
    expect(putsTo(scene.browser)).toHaveLength(5);
  });

  it('S64 is sent while nobody looks, and while the user pauses', async () => {
    const scene = await aScene();
    const { browser, tab } = scene;
    tab.send({ type: 'visibility', isVisible: false });
    await browser.live(10_000);
    expect(tab.status?.connection.kind).toBe('paused');
    await click(browser, ['a']);
    await browser.live(1_000);
    await expectSettled(scene, ['a acknowledged']);
  });

  it('S65 made with the server dead survives a restart of the browser, and arrives once it is back', async () => {
    const scene = await aScene();
    const { browser, tab } = scene;
    kill(browser.server);
    await click(browser, ['a', 'b']);
    await browser.live(MINUTE_MS);
    tab.kill();
    await click(browser, ['a'], 'open');
    browser.openTab();
    await browser.live(2 * MINUTE_MS);
    expect(told(scene.ledger)).toEqual([]);
    expect((await keptIncidents(browser.disk)).outbox).toHaveLength(3);
    browser.server.isUp = true;
    // The longest wait of the connection; with it comes the outbox.
    await browser.live(35_000);
    await expectSettled(scene, ['a acknowledged', 'b acknowledged', 'a open']);
  });

  it('S65 does not storm a dead server, and goes out with the first reply of one that is back', async () => {
    const scene = await aScene();
    const { browser, tab } = scene;
    kill(browser.server);
    await click(browser, ['a']);
    const before = putsTo(browser).length;
    await browser.live(10 * MINUTE_MS);
    const tries = putsTo(browser).length - before;
    expect(tries).toBeGreaterThan(15);
    expect(tries).toBeLessThan(80);
    browser.server.isUp = true;
    tab.send({ type: 'retry-now' });
    await browser.live(1_000);
    await expectSettled(scene, ['a acknowledged']);
  });

  it('S65 that is refused by a login page, or answered with nonsense, waits', async () => {
    const scene = await aScene();
    const { browser } = scene;
    const replies = [
      () => new Response('<!doctype html>Log in', { headers: { 'Content-Type': 'text/html' } }),
      () => Response.json({ status: 404, title: 'Not Found', detail: 'nginx' }, { status: 404 }),
      (reply: Response) => Response.json({ ack: 1 }, { headers: reply.headers }),
      (reply: Response) => Response.json({ title: 'x' }, { status: 500, headers: reply.headers }),
      (reply: Response) => Response.json({ title: 'x' }, { status: 429, headers: reply.headers }),
      (reply: Response) => Response.json({ title: 'x' }, { status: 404, headers: reply.headers }),
    ];
    await click(browser, ['a']);
    for (const strange of replies) {
      browser.server.distort = (reply, path) => (path.endsWith('/ack') ? strange(reply) : reply);
      const before = putsTo(browser).length;
      await browser.live(MINUTE_MS);
      expect(putsTo(browser).length).toBeGreaterThan(before);
      const { outbox, notices } = await keptIncidents(browser.disk);
      expect([outbox.length, notices.length]).toEqual([1, 0]);
    }
    browser.server.distort = null;
    await browser.live(MINUTE_MS);
    await expectSettled(scene, ['a acknowledged']);
  });

  it('S65 about which another was answered waits', async () => {
    const scene = await aScene();
    const { browser, ledger } = scene;
    await click(browser, ['b']);
    await browser.live(1_000);
    const ofB = ledger.current('b');
    browser.server.distort = (reply, path) =>
      path.endsWith('/a/ack')
        ? Response.json({ ack: ofB, current: ofB }, { headers: reply.headers })
        : reply;
    await click(browser, ['a']);
    await browser.live(MINUTE_MS);
    expect((await keptIncidents(browser.disk)).outbox).toHaveLength(1);
    browser.server.distort = null;
    await browser.live(MINUTE_MS);
    await expectSettled(scene, ['b acknowledged', 'a acknowledged']);
  });

  it('S66 that is refused for good is told to the user with what it was, and holds up nobody', async () => {
    const scene = await aScene();
    const { browser } = scene;
    await click(browser, ['gone', 'a'], 'dismissed', { note: 'known' });
    await browser.live(1_000);
    await expectSettled(scene, ['a dismissed']);
    const { notices } = await keptIncidents(browser.disk);
    expect(notices).toMatchObject([
      {
        incidentId: 'gone',
        request: { state: 'dismissed', note: 'known', who: 'Ann' },
        what: { kind: 'refused', reason: 'There is no such incident.' },
      },
    ]);
  });
});

describe('another leader', () => {
  it('S68 sends what the one before could not, and what it was in the middle of, once', async () => {
    const scene = await aScene();
    const { browser } = scene;
    browser.openTab();
    browser.openTab();
    await browser.live(3_000);
    browser.server.onPut = {
      taken: () => {
        browser.server.onPut = {};
        scene.tab.kill();
      },
    };
    await click(browser, ['a', 'b', 'c']);
    await browser.live(5_000);
    await expectSettled(scene, ['a acknowledged', 'b acknowledged', 'c acknowledged']);
    expect(putsTo(browser)).toHaveLength(4);
  });

  it('S68 at the same time, because there are no locks, changes nothing', async () => {
    const scene = await aScene();
    const { browser } = scene;
    browser.world.hasLocks = false;
    for (let n = 0; n < 3; n++) browser.openTab();
    await browser.live(3_000);
    await click(browser, ['a', 'b', 'gone']);
    await click(browser, ['a'], 'dismissed');
    await browser.live(5_000);
    await expectSettled(scene, ['a acknowledged', 'b acknowledged', 'a dismissed']);
    expect((await keptIncidents(browser.disk)).notices).toMatchObject([{ incidentId: 'gone' }]);
  });
});
