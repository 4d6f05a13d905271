import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_LIVE_SETTINGS } from '#core/live/settings.ts';
import type { KnownIncident } from '#app/database/incidents.ts';
import { acknowledged, aKnownIncident } from '#app/testing/new-incidents.ts';
import { aPageStore, NOW } from '#app/testing/page.tsx';
import type { PageState, PageStore } from '../store.ts';
import { readTold, writeTold } from './told-store.ts';
import { type AlertDeps, AlertWatcher } from './watcher.ts';

const NOTIFYING: Partial<PageState> = {
  storage: { kind: 'writer' },
  settings: { ...DEFAULT_LIVE_SETTINGS, isNotifying: true },
};

/** A device: what is done on it, and what it keeps through reloads. */
class Device {
  readonly done: string[] = [];
  isWatched = false;
  permission: ReturnType<AlertDeps['permission']> = 'granted';
  isSoundOn = false;
  readonly #watchers: AlertWatcher[] = [];

  /** A page is opened. */
  open(parts: Partial<PageState> = {}): PageStore {
    const store = aPageStore({ ...NOTIFYING, ...parts });
    const watcher = new AlertWatcher(store, {
      isWatched: async () => this.isWatched,
      choice: () => ({ least: 'major', isSoundOn: this.isSoundOn }),
      permission: () => this.permission,
      readTold,
      writeTold,
      show: async (anomalies) => void this.#do(`show ${anomalies.map((one) => one.id)}`),
      close: async (isLeft) => void this.#do(`close ${['a', 'b'].filter((id) => !isLeft(id))}`),
      setBadge: (count) => void this.#do(`badge ${count}`),
      playTone: async () => this.#do('tone'),
    });
    this.#watchers.push(watcher);
    return store;
  }

  closeAll(): void {
    for (const watcher of this.#watchers) watcher.close();
  }

  /** What was done since it was asked last, once all is done. */
  async take(): Promise<string[]> {
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
    return this.done.splice(0);
  }

  #do(what: string): boolean {
    this.done.push(what);
    return true;
  }
}

const news = (id: string, severity: 'major' | 'critical' = 'major'): KnownIncident =>
  aKnownIncident(id, { foundMs: NOW.wallMs + 1_000, severity });

describe('the watcher of incidents', () => {
  let device: Device;
  beforeEach(() => {
    localStorage.clear();
    device = new Device();
  });
  afterEach(() => device.closeAll());

  it('U150 shows a notification of what comes while nobody looks, and the badge counts it', async () => {
    const store = device.open({ incidents: [] });
    expect(await device.take()).toEqual(['badge 0']);
    store.setState({ incidents: [news('a')] });
    expect(store.getState().unattended).toBe(1);
    expect(await device.take()).toEqual(['badge 1', 'show a']);
  });

  it('U151 tells of nothing twice through reloads, and leaves it to the tab that writes', async () => {
    const store = device.open({ incidents: [] });
    const other = device.open({ incidents: [], storage: { kind: 'reader' } });
    await device.take();
    for (const one of [store, other]) one.setState({ incidents: [news('a')] });
    expect(await device.take()).toEqual(['badge 1', 'show a']);
    expect(other.getState().unattended).toBe(1);
    other.setState({ storage: { kind: 'writer' }, incidents: [news('a')] });
    device.open({ incidents: [news('a')] });
    expect(await device.take()).toEqual(['badge 1', 'badge 1']);
  });

  it('U150 goes by the server’s clock where this device’s is wrong', async () => {
    const store = device.open({ incidents: [], clockOffsetMs: -3_600_000 });
    await device.take();
    const foundMs = NOW.wallMs - 3_600_000 + 5_000;
    store.setState({ incidents: [aKnownIncident('a', { foundMs })] });
    expect((await device.take()).some((one) => one === 'show a')).toBe(true);
  });

  it.each<[string, (device: Device) => Partial<PageState>]>([
    ['it is switched off', () => ({ settings: DEFAULT_LIVE_SETTINGS })],
    [
      'the permission was taken back',
      (one) => {
        one.permission = 'denied';
        return {};
      },
    ],
    [
      'somebody looks',
      (one) => {
        one.isWatched = true;
        return {};
      },
    ],
  ])('U150 shows none when %s', async (_, prepare) => {
    const store = device.open({ incidents: [], ...prepare(device) });
    store.setState({ incidents: [news('a')] });
    expect((await device.take()).filter((one) => one.startsWith('show'))).toEqual([]);
  });

  it('U153 closes it when it is acknowledged, wherever', async () => {
    const store = device.open({ incidents: [] });
    store.setState({ incidents: [news('a'), news('b')] });
    await device.take();
    store.setState({ incidents: [acknowledged(news('a')), news('b')] });
    expect(await device.take()).toEqual(['badge 1', 'close a']);
  });

  it('U154 plays a tone for what is critical, if that is switched on', async () => {
    const store = device.open({ incidents: [] });
    store.setState({ incidents: [news('a', 'critical')] });
    expect(await device.take()).not.toContain('tone');
    device.isSoundOn = true;
    store.setState({ incidents: [news('a', 'critical'), news('b', 'critical')] });
    expect(await device.take()).toContain('tone');
  });

  it('U155 notices a snooze that ends by itself', async () => {
    const snoozed = { ...news('a') };
    const ack = acknowledged(snoozed).ack;
    if (!ack) throw new Error('it was acknowledged');
    const untilMs = NOW.wallMs + 10_000;
    const store = device.open({
      incidents: [{ ...snoozed, ack: { ...ack, state: 'snoozed', untilMs } }],
    });
    expect(store.getState().unattended).toBe(0);
    await device.take();
    store.setState({ now: { wallMs: NOW.wallMs + 20_000, steadyMs: NOW.steadyMs + 20_000 } });
    expect(store.getState().unattended).toBe(1);
  });
});
