import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aFrame } from '#app/testing/frames.ts';
import { aPageStore, NOW, setVisibility } from '#app/testing/page.tsx';
import { readSnapshot } from './snapshot.ts';
import { startSnapshotWriter } from './snapshot-writer.ts';

describe('the writer of snapshots', () => {
  let store: ReturnType<typeof aPageStore>;
  let writer: ReturnType<typeof startSnapshotWriter>;

  beforeEach(() => {
    store = aPageStore();
    writer = startSnapshotWriter(store);
  });
  afterEach(() => {
    writer.close();
    setVisibility('visible');
  });

  const showAt = (afterMs: number, number: number) =>
    store.setState({
      frame: aFrame({ number }),
      now: { wallMs: NOW.wallMs + afterMs, steadyMs: NOW.steadyMs + afterMs },
    });
  const keptNumber = () => readSnapshot()?.frame.number;

  it('U3 keeps the first frame at once and later ones at most every 5 s', () => {
    const kept = [0, 1_000, 4_999, 5_000, 6_000, 10_000].map((afterMs, i) => {
      showAt(afterMs, i + 1);
      return keptNumber();
    });
    expect(kept).toEqual([1, 1, 1, 4, 4, 6]);
  });

  it('U3 keeps the newest frame when the page is hidden', () => {
    showAt(0, 1);
    showAt(1_000, 2);
    setVisibility('hidden');
    expect(keptNumber()).toBe(2);
  });

  it('U3 keeps the newest frame when the page is left', () => {
    showAt(0, 1);
    showAt(1_000, 2);
    window.dispatchEvent(new Event('pagehide'));
    expect(keptNumber()).toBe(2);
  });

  it('U3 never keeps a frame in which nothing is complete', () => {
    store.setState({ frame: aFrame({ asOfMs: null }) });
    window.dispatchEvent(new Event('pagehide'));
    expect(readSnapshot()).toBeNull();
  });

  it('keeps nothing after it was closed, twice', () => {
    writer.close();
    writer.close();
    showAt(0, 1);
    window.dispatchEvent(new Event('pagehide'));
    expect(readSnapshot()).toBeNull();
  });
});
