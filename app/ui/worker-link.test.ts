import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FIRST_LOOK } from '#core/view/look.ts';
import type { Frame } from '#core/view/frame.ts';
import type { FromWorker, ToWorker } from '#app/protocol/messages.ts';
import { aFrame } from '#app/testing/frames.ts';
import { aStatus } from '#app/testing/status.ts';
import { aPageStore, setVisibility } from '#app/testing/page.tsx';
import { ownZoneName } from './time-format.ts';
import { startWorkerLink } from './worker-link.ts';

/** A worker that only hears, and says what a test lets it say. */
class ScriptedWorker extends EventTarget {
  readonly heard: ToWorker[] = [];
  postMessage(message: ToWorker): void {
    this.heard.push(message);
  }
  say(message: FromWorker): void {
    this.dispatchEvent(new MessageEvent('message', { data: message }));
  }
  answer(frame: Frame | null): void {
    this.say({ type: 'frame', frame, spendRate: null });
  }
  takeHeard(): ToWorker[] {
    return this.heard.splice(0);
  }
}

function askSince(since: number): ToWorker {
  return { type: 'ask-frame', since, ...FIRST_LOOK, zone: ownZoneName() };
}

function startLink() {
  const worker = new ScriptedWorker();
  const store = aPageStore();
  const link = startWorkerLink(store, worker as unknown as Worker); // all of it that the link uses
  return { worker, store, link };
}

describe('the link to the worker', () => {
  let page: ReturnType<typeof startLink>;

  beforeEach(() => {
    vi.useFakeTimers();
    page = startLink();
  });
  afterEach(() => {
    page.link.close();
    setVisibility('visible');
  });

  it('U4 asks at once, then once a second, for what is newer than it has', () => {
    const { worker } = page;
    expect(worker.takeHeard()).toEqual([{ type: 'visibility', isVisible: true }, askSince(0)]);
    worker.answer(aFrame({ number: 7 }));
    vi.advanceTimersByTime(1_000);
    worker.answer(null);
    vi.advanceTimersByTime(1_000);
    expect(worker.takeHeard()).toEqual([askSince(7), askSince(7)]);
  });

  it('U4 does not ask again before it was answered', () => {
    page.worker.takeHeard();
    vi.advanceTimersByTime(10_000);
    expect(page.worker.takeHeard()).toEqual([]);
  });

  it('U4 is silent while the page is hidden, and asks at once when it is shown', () => {
    const { worker } = page;
    worker.answer(null);
    worker.takeHeard();
    setVisibility('hidden');
    vi.advanceTimersByTime(60_000);
    expect(worker.takeHeard()).toEqual([{ type: 'visibility', isVisible: false }]);
    setVisibility('visible');
    expect(worker.takeHeard()).toEqual([{ type: 'visibility', isVisible: true }, askSince(0)]);
  });

  it('U5 shows the newest frame once per animation frame', () => {
    const { worker, store } = page;
    const shown: (number | undefined)[] = [];
    store.subscribe(({ frame }) => shown.push(frame?.number));
    worker.answer(aFrame({ number: 1 }));
    worker.answer(aFrame({ number: 2 }));
    expect(shown).toEqual([]);
    vi.advanceTimersToNextFrame();
    vi.advanceTimersToNextFrame();
    expect(shown).toEqual([2]);
  });

  it('shows what the worker says of itself at once', () => {
    const connection = { kind: 'live', via: 'polling' } as const;
    const status = aStatus({
      connection,
      clockOffsetMs: 12,
      storage: { kind: 'memory-only', why: 'full' },
    });
    page.worker.say({ type: 'status', status });
    expect(page.store.getState()).toMatchObject({
      connection,
      clockOffsetMs: 12,
      storage: { kind: 'memory-only', why: 'full' },
    });
  });

  it('U20 hints to try the server when the network is back or the user is impatient', () => {
    page.worker.takeHeard();
    window.dispatchEvent(new Event('online'));
    page.link.retryNow();
    expect(page.worker.takeHeard()).toEqual([{ type: 'retry-now' }, { type: 'retry-now' }]);
  });

  it.each(['error', 'messageerror'])('U6 makes a worker that reports an %s visible', (type) => {
    page.worker.dispatchEvent(new Event(type));
    expect(page.store.getState().workerFailure).toMatch(/failed/);
  });

  it('U6 goes on asking a worker that failed while it was asked', () => {
    page.worker.takeHeard();
    page.worker.dispatchEvent(new Event('error'));
    vi.advanceTimersByTime(1_000);
    expect(page.worker.takeHeard()).toEqual([askSince(0)]);
  });

  it('U4 says goodbye once when the page is left, and nothing afterwards', () => {
    const { worker, link, store } = page;
    worker.takeHeard();
    worker.answer(aFrame());
    window.dispatchEvent(new Event('pagehide'));
    link.close();
    vi.advanceTimersByTime(5_000);
    expect(worker.takeHeard()).toEqual([{ type: 'close' }]);
    expect(store.getState().frame).toBeNull();
  });

  it('U4 keeps the worker of a page that the browser keeps', () => {
    page.worker.takeHeard();
    window.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: true }));
    expect(page.worker.takeHeard()).toEqual([]);
  });

  it('X62 hears of the settings tried last, and of no others', () => {
    const { worker, link } = page;
    const heard: string[] = [];
    const settings = { sensitivity: 'low', floorMicroUsdPerHour: 0 } as const;
    link.backTest(settings, ({ kind }) => heard.push(`first ${kind}`));
    link.backTest(settings, ({ kind }) => heard.push(`second ${kind}`));
    const asked = worker.takeHeard().flatMap((one) => (one.type === 'back-test' ? one.number : []));
    for (const number of asked)
      worker.say({ type: 'back-test', number, news: { kind: 'too-little', cachedMs: 0 } });
    expect(heard).toEqual(['second too-little']);
  });
});
