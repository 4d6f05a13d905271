import type { ConnectionState } from '#core/live/connection.ts';
import { NO_FILTER } from '#core/view/filter.ts';
import type { Frame, SpendRate } from '#core/view/frame.ts';
import { REAL_TIME } from '#core/view/window.ts';
import type {
  BackTestAnswer,
  FromWorker,
  StorageAnswer,
  ToWorker,
  WorkerStatus,
} from '#app/protocol/messages.ts';
import type { Cancel, Environment } from '#app/worker/environment.ts';
import type { TabMessage } from '#app/worker/tab-messages.ts';
import { syncCompression } from './sync-compression.ts';
import { FakeLocks } from './fake-locks.ts';
import type { ScriptedServer } from './scripted-server.ts';

interface Timer {
  readonly atMs: number;
  readonly run: () => void;
}

/** Enough turns of the real event loop for a whole chain of storage operations to finish. */
const SETTLE_TURNS = 60;

/** One browser with a clock that only tests move; tabs share its locks, its clock and its server. */
export class FakeWorld {
  /** The clock that never goes back, epoch ms. */
  nowMs: number;
  /** What the device's wall clock says beyond `nowMs`, ms. */
  wallOffsetMs = 0;
  readonly server: ScriptedServer;
  /** False: a browser without locks, where every tab leads. */
  hasLocks = true;
  /** How much the browser lets the site store, bytes; null: it does not say. */
  storageQuota: number | null = null;
  readonly #locks = new FakeLocks();
  readonly #timers = new Set<Timer>();
  #random: number;

  constructor(server: ScriptedServer, seed = 1) {
    this.server = server;
    this.nowMs = server.nowMs;
    this.#random = seed;
  }

  /** The server streams from now on: each tick, and its heartbeat. */
  startStreaming(seconds = 0): void {
    this.server.hasStream = true;
    if (seconds > 0) this.server.tick();
    if (seconds > 0 && seconds % 15 === 0) this.server.heartbeat();
    this.after(1_000, () => this.startStreaming(seconds + 1));
  }

  /** The open ends of the channel between the tabs. */
  readonly channels = new Set<(message: TabMessage) => void>();

  newTab(): FakeTab {
    return new FakeTab(this, this.#locks);
  }

  after(delayMs: number, run: () => void): Cancel {
    const timer = { atMs: Math.ceil(this.nowMs + Math.max(0, delayMs)), run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Uniform in [0, 1), the same sequence for the same seed. */
  random(): number {
    this.#random = (Math.imul(this.#random, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#random / 2 ** 32;
  }

  /** Lets time pass on all clocks, running what falls due in order and to its end. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.nowMs + ms;
    await this.#settle();
    for (;;) {
      const [next] = [...this.#timers].filter((t) => t.atMs <= untilMs).sort(byTime);
      if (!next) break;
      this.#timers.delete(next);
      this.#moveTo(next.atMs);
      next.run();
      await this.#settle();
    }
    this.#moveTo(untilMs);
  }

  /** An answer may be followed by the next question at once, so it is quiet when nothing more is asked. */
  async #settle(): Promise<void> {
    let asked: number;
    do {
      asked = this.server.asked.length;
      await settle();
    } while (this.server.asked.length !== asked);
  }

  #moveTo(atMs: number): void {
    this.server.nowMs += atMs - this.nowMs;
    this.nowMs = atMs;
  }
}

/** What one tab's worker sees of the world, and what it says to its page. */
export class FakeTab {
  readonly environment: Environment;
  readonly connections: ConnectionState['kind'][] = [];
  status: WorkerStatus | null = null;
  /** What came of what was asked of the storage. */
  readonly answers: StorageAnswer[] = [];
  readonly backTests: BackTestAnswer[] = [];
  /** How far catching up was, each time it was told. */
  readonly progress: number[] = [];
  frame: Frame | null = null;
  spendRate: SpendRate | null = null;
  #listen: (message: ToWorker) => void = () => undefined;
  /** A killed tab does nothing any more: its timers, questions and locks are gone. */
  #isKilled = false;
  readonly #killed = new AbortController();

  constructor(world: FakeWorld, locks: FakeLocks) {
    this.environment = {
      wallNow: () => world.nowMs + world.wallOffsetMs,
      steadyNow: () => world.nowMs,
      random: () => world.random(),
      after: (delayMs, run) =>
        world.after(delayMs, () => {
          if (!this.#isKilled) run();
        }),
      fetch: (path, signal, sent) => {
        const ended = AbortSignal.any([signal, this.#killed.signal]);
        return this.#unlessKilled(() => world.server.fetch(path, ended, sent));
      },
      holdLock: (name, signal, hold) =>
        world.hasLocks
          ? locks.hold(name, AbortSignal.any([signal, this.#killed.signal]), hold)
          : hold(),
      countLocks: async (prefix) => (world.hasLocks ? locks.count(prefix) : null),
      openChannel: (listen) => this.#joinChannel(world, listen),
      storageQuota: async () => world.storageQuota,
      compression: syncCompression,
      onMessage: (listen) => {
        this.#listen = listen;
      },
      post: (message) => this.#take(message),
    };
  }

  send(message: ToWorker): void {
    if (!this.#isKilled) this.#listen(message);
  }

  /** The newest frame, as the page would get it. */
  look(filter = NO_FILTER, range = REAL_TIME, zone = 'UTC', aheadMs = 0): Frame | null {
    const look = { filter, range, zone, aheadMs };
    this.send({ type: 'ask-frame', since: this.frame?.number ?? 0, ...look });
    return this.frame;
  }

  kill(): void {
    this.#isKilled = true;
    this.#killed.abort();
  }

  /** What comes back to a killed tab comes back to nobody. */
  #unlessKilled<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isKilled) return new Promise(() => undefined);
    return new Promise((resolve, reject) => {
      const ifAlive = <A extends unknown[]>(settle: (...values: A) => void) => {
        return (...values: A) => {
          if (!this.#isKilled) settle(...values);
        };
      };
      work().then(ifAlive(resolve), ifAlive(reject));
    });
  }

  /** Messages reach the other tabs in a turn of their own, as copies. */
  #joinChannel(world: FakeWorld, listen: (message: TabMessage) => void) {
    const end = (message: TabMessage) => {
      if (!this.#isKilled) listen(message);
    };
    world.channels.add(end);
    return {
      post: (message: TabMessage) => {
        if (this.#isKilled) return;
        const others = [...world.channels].filter((one) => one !== end);
        for (const other of others) setImmediate(() => other(structuredClone(message)));
      },
      close: () => world.channels.delete(end),
    };
  }

  #take(message: FromWorker): void {
    if (this.#isKilled) return;
    if (message.type === 'frame') {
      this.frame = message.frame ?? this.frame;
      this.spendRate = message.spendRate;
      return;
    }
    if (message.type === 'back-test') {
      this.backTests.push(message);
      return;
    }
    if (message.type !== 'status') {
      this.answers.push(message);
      return;
    }
    this.status = message.status;
    if (message.status.catchUp) this.progress.push(message.status.catchUp.share);
    const { kind } = message.status.connection;
    if (this.connections.at(-1) !== kind) this.connections.push(kind);
  }
}

/** Waits until promises and storage operations that are under way have ended. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < SETTLE_TURNS; turn++) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

function byTime(a: Timer, b: Timer): number {
  return a.atMs - b.atMs;
}
