import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aKnownIncident } from '#app/testing/new-incidents.ts';
import { closeNotices, notify } from './notify.ts';

interface Shown {
  readonly title: string;
  readonly tag?: string | undefined;
  readonly body?: string | undefined;
  readonly data: unknown;
  close(): void;
}

let shown: Shown[] = [];
const registration = {
  showNotification: async (title: string, { tag, body, data }: NotificationOptions) => {
    const one = { title, tag, body, data, close: () => shown.splice(shown.indexOf(one), 1) };
    shown.push(one);
  },
  getNotifications: async () => [...shown],
};

const anomaly = (id: string) => aKnownIncident(id).anomaly;
const titles = () => shown.map((one) => one.title);

describe('a notification', () => {
  beforeEach(() => {
    shown = [];
    vi.stubGlobal('navigator', { serviceWorker: { getRegistration: async () => registration } });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('U150 says how grave it is, what and who, and the sentence; its tag is the incident', async () => {
    await notify([anomaly('a')]);
    expect(shown[0]).toMatchObject({
      title: 'Major: Spend spike, acme-robotics',
      tag: 'a',
      body: "acme-robotics' gpt-4 calls tripled; +$1,240/h; largest rise in 7 days",
      data: { incidents: ['a'] },
    });
  });

  it('U152 counts several, and tells of three', async () => {
    await notify(['a', 'b', 'c', 'd', 'e'].map(anomaly));
    expect(titles()).toEqual(['5 new incidents']);
    expect(shown[0]?.body?.split('\n')).toHaveLength(4);
    expect(shown[0]?.body?.split('\n')[3]).toBe('and 2 more');
  });

  it('U153 goes when none of its incidents is left, and others stay', async () => {
    await notify([anomaly('a')]);
    await notify(['b', 'c', 'd', 'e'].map(anomaly));
    await registration.showNotification('of somebody else', {});
    await closeNotices((id) => id === 'e');
    expect(titles()).toEqual(['4 new incidents', 'of somebody else']);
    await closeNotices(() => false);
    expect(titles()).toEqual(['of somebody else']);
  });

  it('U150 does no harm where the browser takes none', async () => {
    const refuse = { showNotification: () => Promise.reject(new TypeError('no permission')) };
    for (const one of [undefined, refuse]) {
      vi.stubGlobal('navigator', { serviceWorker: { getRegistration: async () => one } });
      await expect(notify([anomaly('a')])).resolves.toBeUndefined();
    }
  });
});
