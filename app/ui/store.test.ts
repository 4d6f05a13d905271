import { describe, expect, it } from 'vitest';
import { aFrame } from '#app/testing/frames.ts';
import { aStatus } from '#app/testing/status.ts';
import { aPageStore, NOW } from '#app/testing/page.tsx';
import { createPageStore, showFrame, showStatus } from './store.ts';

const SOURCE = { kind: 'trace', label: 'replay x600', isLatencyModelled: true } as const;

describe('the store of the page', () => {
  it('U1 starts with the snapshot, so that it is drawn before the worker answers', () => {
    const snapshot = { frame: aFrame(), clockOffsetMs: 700, source: SOURCE };
    expect(createPageStore(NOW, snapshot).getState()).toMatchObject({
      ...snapshot,
      connection: { kind: 'connecting' },
    });
  });

  it('U7 shows each newer frame', () => {
    const store = aPageStore({ frame: aFrame({ number: 1 }) });
    showFrame(store, aFrame({ number: 2 }));
    expect(store.getState().frame?.number).toBe(2);
  });

  it('U7 keeps a frame with complete data when one without any comes', () => {
    const store = aPageStore({ frame: aFrame({ number: 1 }) });
    showFrame(store, aFrame({ number: 2, asOfMs: null }));
    expect(store.getState().frame?.number).toBe(1);
  });

  it('U7 shows a frame without complete data when there is nothing better', () => {
    const store = aPageStore();
    showFrame(store, aFrame({ number: 1, asOfMs: null }));
    showFrame(store, aFrame({ number: 2, asOfMs: null }));
    expect(store.getState().frame?.number).toBe(2);
  });

  it('U1 remembers clock and source of the last visit until the worker knows better', () => {
    const store = aPageStore({ clockOffsetMs: 700, source: SOURCE });
    showStatus(store, aStatus({ clockOffsetMs: null, source: null }));
    expect(store.getState()).toMatchObject({ clockOffsetMs: 700, source: SOURCE });
    showStatus(store, aStatus({ clockOffsetMs: -3, source: null }));
    expect(store.getState()).toMatchObject({ clockOffsetMs: -3, source: SOURCE });
  });
});
