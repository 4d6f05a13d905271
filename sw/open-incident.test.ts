import { describe, expect, it } from 'vitest';
import { openIncident, type Pages } from './open-incident.ts';

/** Pages that write down what is done to them. */
function aBrowser(...open: readonly { path: string; isVisible?: boolean; isStubborn?: boolean }[]) {
  const done: string[] = [];
  const windows = open.map(({ path, isVisible = false, isStubborn = false }) => ({
    url: `https://burnrate.example${path}`,
    visibilityState: isVisible ? 'visible' : 'hidden',
    focus: async () => {
      if (isStubborn) throw new Error('it may not be brought to the front');
      done.push(`focus ${path}`);
    },
    postMessage: (message: object) => done.push(`tell ${path} ${JSON.stringify(message)}`),
  }));
  const pages = {
    matchAll: async () => windows,
    openWindow: async (url: string) => void done.push(`open ${url}`),
  };
  return { done, pages: pages as unknown as Pages }; // all of it that is used
}

const DATA = { incidents: ['00c0ffee', 'beef'] };
const OPENED = '{"type":"OPEN_INCIDENT","id":"00c0ffee"}';

describe('a notification that is clicked', () => {
  it('U157 brings a page to the front, and has it open the incident', async () => {
    const { done, pages } = aBrowser({ path: '/settings' }, { path: '/', isVisible: true });
    await openIncident(pages, DATA);
    expect(done).toEqual(['focus /', `tell / ${OPENED}`]);
  });

  it('U157 takes a hidden page too, but neither a wall nor an imported file', async () => {
    const others = [{ path: '/evidence' }, { path: '/wall' }, { path: '/?tv=1' }];
    const { done, pages } = aBrowser(...others, { path: '/?customer=acme' });
    await openIncident(pages, DATA);
    expect(done).toEqual(['focus /?customer=acme', `tell /?customer=acme ${OPENED}`]);
    const alone = aBrowser(...others);
    await openIncident(alone.pages, DATA);
    expect(alone.done).toEqual(['open /?incident=00c0ffee']);
  });

  it('U157 opens a page where none can be brought to the front', async () => {
    const { done, pages } = aBrowser({ path: '/', isStubborn: true });
    await openIncident(pages, DATA);
    expect(done).toEqual(['open /?incident=00c0ffee']);
  });

  it.each([[null], ['x'], [{}], [{ incidents: [] }], [{ incidents: [5] }]])(
    'U157 comes to the front whatever the notification has with it: %j',
    async (data) => {
      const { done, pages } = aBrowser();
      await openIncident(pages, data);
      expect(done).toEqual(['open /']);
      const open = aBrowser({ path: '/' });
      await openIncident(open.pages, data);
      expect(open.done).toEqual(['focus /']);
    },
  );
});
