import { BurnrateDatabase, openAsItIs, openDatabase } from '#app/database/database.ts';
import { DexieSegmentStore } from '#app/worker/dexie-segment-store.ts';
import { MemorySegmentStore } from '#app/worker/memory-segment-store.ts';
import type { SegmentStore } from '#app/worker/segment-store.ts';
import { Tab } from '#app/worker/tab.ts';
import { FakeWorld, type FakeTab } from './fake-world.ts';
import { ScriptedServer } from './scripted-server.ts';

let databases = 0;

/** A world with a server that has been in use for an hour, and a browser with an empty disk. */
export class Browser {
  readonly server: ScriptedServer;
  readonly world: FakeWorld;
  readonly disk = `browser-${databases++}`;

  constructor(
    nowMs = Date.UTC(2026, 10, 21, 9, 0, 2),
    seed = 1,
    server = new ScriptedServer(nowMs),
  ) {
    this.server = server;
    const hourMs = 3_600_000;
    this.server.fill(Math.floor(nowMs / 1_000) * 1_000 - hourMs, Math.floor(nowMs / 1_000) * 1_000);
    this.world = new FakeWorld(this.server, seed);
  }

  /** What is on the disk, seen by a reader of its own. */
  get store(): DexieSegmentStore {
    return new DexieSegmentStore(() => openDatabase(new BurnrateDatabase(this.disk)));
  }

  openTab(store: SegmentStore = this.store): FakeTab {
    const tab = this.world.newTab();
    const stores = {
      metrics: store,
      metricsAsTheyAre: () => new DexieSegmentStore(() => openAsItIs(this.disk)),
      evidence: () => new MemorySegmentStore(),
    };
    void new Tab(tab.environment, stores).start();
    return tab;
  }

  /** Lets time pass while the source is in use. */
  async live(ms: number): Promise<void> {
    const { tickMs } = this.server.store;
    const fromMs = Math.floor(this.server.nowMs / tickMs) * tickMs;
    this.server.fill(fromMs, Math.floor((this.server.nowMs + ms) / tickMs) * tickMs);
    await this.world.advance(ms);
  }
}
