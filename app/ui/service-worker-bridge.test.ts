import { afterEach, describe, expect, it, vi } from 'vitest';
import { setVisibility } from '#app/testing/page.tsx';
import { startServiceWorkerBridge } from './service-worker-bridge.ts';

class FakeServiceWorker extends EventTarget {
  state: ServiceWorkerState = 'installing';
  readonly heard: unknown[] = [];
  postMessage(message: unknown): void {
    this.heard.push(message);
  }
  giveUp(): void {
    this.state = 'redundant';
    this.dispatchEvent(new Event('statechange'));
  }
}

class FakeRegistration extends EventTarget {
  active: FakeServiceWorker | null = null;
  installing: FakeServiceWorker | null = null;
  waiting: FakeServiceWorker | null = null;
  readonly update = vi.fn<() => Promise<void>>(async () => undefined);

  /** A newer build is found, downloaded and left waiting. */
  install(): FakeServiceWorker {
    return this.finish(this.find());
  }

  find(): FakeServiceWorker {
    const worker = new FakeServiceWorker();
    this.installing = worker;
    this.dispatchEvent(new Event('updatefound'));
    return worker;
  }

  finish(worker: FakeServiceWorker): FakeServiceWorker {
    worker.state = 'installed';
    this.installing = null;
    this.waiting = worker;
    worker.dispatchEvent(new Event('statechange'));
    return worker;
  }
}

class FakeContainer extends EventTarget {
  controller: FakeServiceWorker | null = null;

  handOverTo(worker: FakeServiceWorker): void {
    this.controller = worker;
    this.dispatchEvent(new Event('controllerchange'));
  }
}

interface Scene {
  readonly isFirstVisit?: boolean;
  readonly registration?: FakeRegistration;
  readonly register?: () => Promise<ServiceWorkerRegistration | undefined>;
}

async function openPage({ isFirstVisit = false, registration, register }: Scene = {}) {
  const registered = registration ?? new FakeRegistration();
  const container = new FakeContainer();
  if (!isFirstVisit) container.controller = new FakeServiceWorker();
  const onUpdateReady = vi.fn<() => void>();
  const reload = vi.fn<() => void>();
  const bridge = startServiceWorkerBridge({
    // The fakes have all that the bridge uses.
    container: container as unknown as ServiceWorkerContainer,
    register: register ?? (async () => registered as unknown as ServiceWorkerRegistration),
    onUpdateReady,
    reload,
  });
  opened.push(bridge);
  await Promise.resolve();
  await Promise.resolve();
  return { bridge, container, registration: registered, onUpdateReady, reload };
}

const opened: { close(): void }[] = [];

describe('the bridge to the service worker', () => {
  afterEach(() => {
    for (const bridge of opened.splice(0)) bridge.close();
    setVisibility('visible');
  });

  it('U19 offers a new version that was installed while the page was open', async () => {
    const { registration, onUpdateReady, reload } = await openPage();
    expect(onUpdateReady).not.toHaveBeenCalled();
    registration.install();
    expect(onUpdateReady).toHaveBeenCalled();
    expect(reload).not.toHaveBeenCalled();
  });

  it('U19 offers every later version too', async () => {
    const { registration, onUpdateReady } = await openPage();
    registration.install();
    onUpdateReady.mockClear();
    registration.install();
    expect(onUpdateReady).toHaveBeenCalled();
  });

  it('U19 offers a version that was already waiting', async () => {
    const registration = new FakeRegistration();
    registration.waiting = new FakeServiceWorker();
    const { onUpdateReady } = await openPage({ registration });
    expect(onUpdateReady).toHaveBeenCalled();
  });

  it('U19 offers nothing on the very first visit, and does not reload it', async () => {
    const { registration, container, onUpdateReady, reload } = await openPage({
      isFirstVisit: true,
    });
    container.handOverTo(registration.install());
    expect(onUpdateReady).not.toHaveBeenCalled();
    expect(reload).not.toHaveBeenCalled();
  });

  it('W47 registers again, less and less often, when the first worker could not be installed', async () => {
    vi.useFakeTimers();
    const register = vi.fn(async () => {
      const registration = new FakeRegistration();
      const worker = registration.find();
      setTimeout(() => worker.giveUp(), 1_000);
      // The fake has all that the bridge uses.
      return registration as unknown as ServiceWorkerRegistration;
    });
    const { bridge } = await openPage({ isFirstVisit: true, register });
    expect(register).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(30_999);
    expect(register).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(register).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(60_999);
    expect(register).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(register).toHaveBeenCalledTimes(3);
    bridge.close();
    await vi.advanceTimersByTimeAsync(10 * 3_600_000);
    expect(register).toHaveBeenCalledTimes(3);
  });

  it('W47 registers again when the browser could not fetch the worker, and offers updates from then on', async () => {
    vi.useFakeTimers();
    const registration = new FakeRegistration();
    const register = vi
      .fn<() => Promise<ServiceWorkerRegistration>>()
      .mockRejectedValueOnce(new TypeError('unreachable'))
      // The fake has all that the bridge uses.
      .mockResolvedValue(registration as unknown as ServiceWorkerRegistration);
    const { onUpdateReady } = await openPage({ register });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(register).toHaveBeenCalledTimes(2);
    registration.install();
    expect(onUpdateReady).toHaveBeenCalledOnce();
  });

  it('U19 offers updates to a page that is open since the very first visit', async () => {
    const { registration, container, onUpdateReady } = await openPage({ isFirstVisit: true });
    container.handOverTo(registration.install());
    registration.install();
    expect(onUpdateReady).toHaveBeenCalled();
  });

  it('U19 lets the new version take over when the user says so, and reloads once', async () => {
    const { bridge, registration, container, reload } = await openPage();
    const worker = registration.install();
    bridge.update();
    expect(worker.heard).toEqual([{ type: 'SKIP_WAITING' }]);
    expect(reload).not.toHaveBeenCalled();
    container.handOverTo(worker);
    container.handOverTo(worker);
    expect(reload).toHaveBeenCalledOnce();
  });

  it('U19 only offers the reload when another tab has let the new version take over', async () => {
    const { bridge, registration, container, onUpdateReady, reload } = await openPage();
    const worker = registration.install();
    onUpdateReady.mockClear();
    registration.waiting = null;
    container.handOverTo(worker);
    expect(onUpdateReady).toHaveBeenCalled();
    expect(reload).not.toHaveBeenCalled();
    bridge.update();
    expect(reload).toHaveBeenCalledOnce();
  });

  it('U19 looks for a new version every hour and when the page is shown', async () => {
    vi.useFakeTimers();
    const { bridge, registration } = await openPage();
    vi.advanceTimersByTime(2 * 3_600_000);
    expect(registration.update).toHaveBeenCalledTimes(2);
    setVisibility('hidden');
    setVisibility('visible');
    expect(registration.update).toHaveBeenCalledTimes(3);
    bridge.close();
    bridge.close();
    vi.advanceTimersByTime(3_600_000);
    setVisibility('visible');
    expect(registration.update).toHaveBeenCalledTimes(3);
  });

  it('U19 goes on when the server is not there to be asked for a new version', async () => {
    vi.useFakeTimers();
    const { registration, onUpdateReady } = await openPage();
    registration.update.mockRejectedValue(new TypeError('unreachable'));
    await vi.advanceTimersByTimeAsync(3_600_000);
    registration.install();
    expect(onUpdateReady).toHaveBeenCalled();
  });

  it('W40 waits for a version that is on its way, so that the user accepts only once', async () => {
    const { bridge, registration, container, reload } = await openPage();
    const second = registration.install();
    const third = registration.find();
    bridge.update();
    expect(second.heard).toEqual([]);
    registration.finish(third);
    await vi.waitFor(() => expect(third.heard).toEqual([{ type: 'SKIP_WAITING' }]));
    expect(second.heard).toEqual([]);
    container.handOverTo(third);
    expect(reload).toHaveBeenCalledOnce();
  });

  it('W40 waits for neither a download nor a handover that never ends', async () => {
    vi.useFakeTimers();
    const { bridge, registration, reload } = await openPage();
    const second = registration.install();
    registration.find();
    bridge.update();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(second.heard).toEqual([{ type: 'SKIP_WAITING' }]);
    expect(reload).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(reload).toHaveBeenCalledOnce();
  });

  it('W41 looks for a new version when the server is back, twice a minute at most', async () => {
    vi.useFakeTimers();
    const { bridge, registration } = await openPage();
    bridge.check();
    vi.advanceTimersByTime(29_999);
    bridge.check();
    expect(registration.update).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    bridge.check();
    bridge.check();
    expect(registration.update).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(30_000);
    bridge.close();
    bridge.check();
    expect(registration.update).toHaveBeenCalledOnce();
  });

  it('U19 leaves the page alone where service workers are refused', async () => {
    const register = vi.fn<() => Promise<undefined>>();
    register.mockRejectedValue(new DOMException('refused', 'SecurityError'));
    const { onUpdateReady, reload } = await openPage({ isFirstVisit: true, register });
    expect(register).toHaveBeenCalledOnce();
    expect(onUpdateReady).not.toHaveBeenCalled();
    expect(reload).not.toHaveBeenCalled();
  });
});
