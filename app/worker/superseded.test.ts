import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { Browser } from '#app/testing/browser.ts';
import { click, keptIncidents } from '#app/testing/incidents.ts';
import { aScene, elsewhere, expectSettled, kill, told } from '#app/testing/scene.ts';

describe('two who decide about one incident', () => {
  it('S67 agree on who arrived last, and the other one is told who decided', async () => {
    const scene = await aScene();
    const { browser, ledger } = scene;
    const second = new Browser(browser.server.nowMs, 7, browser.server);
    const secondTab = second.openTab();
    await second.world.advance(5_000);
    kill(browser.server);
    await click(browser, ['a'], 'acknowledged', { who: 'Ann' });
    await click(second, ['a'], 'dismissed', { who: 'Bo' });
    await browser.live(10_000);
    await second.world.advance(10_000);
    // The first comes back first, and is overtaken by the second.
    browser.server.isUp = true;
    await browser.live(40_000);
    await second.world.advance(40_000);
    await browser.live(5_000);
    expect(told(ledger)).toEqual(['a acknowledged', 'a dismissed']);
    const [mine, theirs] = [await keptIncidents(browser.disk), await keptIncidents(second.disk)];
    expect(mine.acks).toEqual([ledger.current('a')]);
    expect(theirs.acks).toEqual([ledger.current('a')]);
    expect(mine.notices).toMatchObject([
      {
        incidentId: 'a',
        request: { state: 'acknowledged', who: 'Ann' },
        what: { kind: 'superseded', by: { state: 'dismissed', who: 'Bo' } },
      },
    ]);
    expect(theirs.notices).toEqual([]);
    secondTab.kill();
  });

  it('S67 tell the one whose answer was lost, once, when it is repeated', async () => {
    const scene = await aScene();
    const { browser } = scene;
    let isLost = true;
    browser.server.distort = (reply, path) =>
      isLost && path.endsWith('/ack') ? Promise.reject(new TypeError('connection lost')) : reply;
    await click(browser, ['a']);
    await browser.world.advance(100);
    elsewhere(scene, 'a', 'dismissed');
    isLost = false;
    await browser.live(10_000);
    expect(told(scene.ledger)).toEqual(['a acknowledged', 'a dismissed']);
    const { notices, outbox } = await keptIncidents(browser.disk);
    expect(outbox).toEqual([]);
    expect(notices).toMatchObject([{ what: { kind: 'superseded', by: { who: 'Bo' } } }]);
  });

  it('S67 tell once what was superseded while the browser was closed', async () => {
    const scene = await aScene();
    const { browser } = scene;
    await click(browser, ['a', 'b']);
    await browser.live(2_000);
    scene.tab.kill();
    elsewhere(scene, 'a', 'open');
    elsewhere(scene, 'b', 'acknowledged');
    for (let day = 0; day < 3; day++) {
      const tab = browser.openTab();
      await browser.live(5_000);
      tab.kill();
    }
    const { notices } = await keptIncidents(browser.disk);
    // The other one said of b what the user had said.
    expect(notices.map((one) => one.incidentId)).toEqual(['a']);
  });

  it('S67 tell nothing of what the user has overruled already', async () => {
    const scene = await aScene();
    const { browser } = scene;
    await click(browser, ['a']);
    await browser.live(2_000);
    kill(browser.server);
    await browser.live(1_000);
    await click(browser, ['a'], 'open');
    elsewhere(scene, 'a', 'dismissed');
    browser.server.isUp = true;
    await browser.live(40_000);
    await expectSettled(scene, ['a acknowledged', 'a dismissed', 'a open']);
    expect((await keptIncidents(browser.disk)).notices).toEqual([]);
  });

  it('S67 tell nothing of what waits to be overruled, when the news of it come first', async () => {
    const scene = await aScene();
    const { browser } = scene;
    await click(browser, ['a']);
    await browser.live(2_000);
    browser.server.onPut = { arriving: () => Promise.reject(new TypeError('connection lost')) };
    await click(browser, ['a'], 'open');
    elsewhere(scene, 'a', 'dismissed');
    await browser.live(5_000);
    expect((await keptIncidents(browser.disk)).acks).toMatchObject([{ state: 'dismissed' }]);
    browser.server.onPut = {};
    await browser.live(40_000);
    await expectSettled(scene, ['a acknowledged', 'a dismissed', 'a open']);
    expect((await keptIncidents(browser.disk)).notices).toEqual([]);
  });

  it('S67 tell nothing of what waits to be overruled, when a repeated answer says it first', async () => {
    const scene = await aScene();
    const { browser } = scene;
    let isLost = true;
    browser.server.distort = (reply, path) =>
      isLost && path.includes('anomalies') ? Promise.reject(new TypeError('lost')) : reply;
    await click(browser, ['a']);
    await browser.world.advance(100);
    elsewhere(scene, 'a', 'dismissed');
    await click(browser, ['a'], 'open');
    isLost = false;
    await browser.live(10_000);
    await expectSettled(scene, ['a acknowledged', 'a dismissed', 'a open']);
    expect((await keptIncidents(browser.disk)).notices).toEqual([]);
  });

  it('S67 tell nothing of what the user has decided in another tab', async () => {
    const scene = await aScene();
    await click(scene.browser, ['a']);
    await scene.browser.live(2_000);
    await click(scene.browser, ['a'], 'dismissed');
    await scene.browser.live(2_000);
    expect((await keptIncidents(scene.browser.disk)).notices).toEqual([]);
  });
});
