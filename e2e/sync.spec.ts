import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import fc from 'fast-check';
import { RESOLUTIONS } from '#core/time/resolution.ts';
import { differencesFromTruth, isFull } from './cache.ts';
import { Dashboard, letTimePass } from './dashboard.ts';
import { expect, test } from './fixtures.ts';
import type { Server } from './server.ts';

const MINUTE_MS = 60_000;
const SEEDS = [20_261_121, 7, 1_848];

type Profile = Parameters<Parameters<typeof test>[2]>[0]['profile'];

/** What may happen to a dashboard that stays open; `which` picks a tab. */
type Fault =
  | { readonly kind: 'kill' | 'start' | 'open' | 'restart browser' }
  | { readonly kind: 'reload' | 'close'; readonly which: number }
  | { readonly kind: 'jump'; readonly minutes: number };

const which = fc.nat(9);
const faults = fc
  .tuple(
    fc.tuple(...Array.from({ length: 3 }, () => fc.constant<Fault>({ kind: 'kill' }))),
    fc.tuple(...Array.from({ length: 3 }, () => fc.constant<Fault>({ kind: 'start' }))),
    fc.tuple(...Array.from({ length: 3 }, () => fc.constant<Fault>({ kind: 'open' }))),
    fc.tuple(...Array.from({ length: 3 }, () => which.map((n) => aFault('reload', n)))),
    // The first tab leads: to close it makes another leader.
    fc.tuple(fc.constant(aFault('close', 0)), ...[which, which].map((n) => n.map(closing))),
    fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 8, max: 15 }).map(aJump))),
    fc.constant<[Fault]>([{ kind: 'restart browser' }]),
  )
  .map((kinds) => kinds.flat())
  .chain((list) => fc.shuffledSubarray(list, { minLength: list.length }));

function aFault(kind: 'reload' | 'close', n: number): Fault {
  return { kind, which: n };
}

function closing(n: number): Fault {
  return aFault('close', n);
}

function aJump(minutes: number): Fault {
  return { kind: 'jump', minutes };
}

/** A browser and a server to which things happen. */
class Ordeal {
  readonly #server: Server;
  readonly #profile: Profile;
  #isUp = true;
  #offsetMs = 0;
  #pages: Page[] = [];

  constructor(server: Server, profile: Profile) {
    this.#server = server;
    this.#profile = profile;
  }

  /** How much time was made to pass, ms. */
  get jumpedMs(): number {
    return this.#offsetMs;
  }

  async suffer(fault: Fault): Promise<void> {
    if (fault.kind === 'kill') await this.#kill();
    if (fault.kind === 'start') await this.#start();
    if (fault.kind === 'open') await this.open();
    if (fault.kind === 'reload') await this.#page(fault.which)?.reload();
    if (fault.kind === 'close') await this.#close(fault.which);
    if (fault.kind === 'jump') await this.#jump(fault.minutes * MINUTE_MS);
    if (fault.kind === 'restart browser') await this.#restartBrowser();
  }

  async open(): Promise<Page> {
    const page = await this.#profile.open(this.#server.url);
    this.#pages.push(page);
    return page;
  }

  /** The server is there to stay. */
  async settle(): Promise<Page> {
    await this.#start();
    const page = this.#pages[0] ?? (await this.open());
    await page.keyboard.press('r');
    return page;
  }

  #page(n: number): Page | undefined {
    return this.#pages[n % this.#pages.length];
  }

  async #kill(): Promise<void> {
    this.#isUp = false;
    await this.#server.kill();
  }

  async #start(): Promise<void> {
    if (!this.#isUp) await this.#server.start(this.#offsetMs);
    this.#isUp = true;
  }

  async #close(n: number): Promise<void> {
    if (this.#pages.length < 2) return;
    const page = this.#page(n);
    this.#pages = this.#pages.filter((one) => one !== page);
    await page?.close();
  }

  /** As after a laptop's sleep: all clocks have gone on, and no connection is what it was. */
  async #jump(ms: number): Promise<void> {
    const wasUp = this.#isUp;
    await this.#kill();
    this.#offsetMs += ms;
    for (const page of this.#pages) await letTimePass(page, ms);
    if (wasUp) await this.#start();
  }

  async #restartBrowser(): Promise<void> {
    await this.#profile.closeBrowser();
    this.#pages = [];
    await this.open();
  }
}

test.describe('whatever happens', () => {
  test.use({ settings: { FLEET_CUSTOMERS: '20' } });

  for (const seed of SEEDS) {
    test(`S42 H10 what is cached is the truth, and all that is required (seed ${seed})`, async ({
      server,
      profile,
    }) => {
      const ordeal = new Ordeal(server, profile);
      const first = new Dashboard(await ordeal.open());
      await expect(first.spendRate).toContainText('$');
      await first.isKept();
      const [schedule = []] = fc.sample(faults, { seed, numRuns: 1 });
      for (const fault of schedule) {
        await test.step(JSON.stringify(fault), () => ordeal.suffer(fault));
        await sleep(700);
      }
      expect(ordeal.jumpedMs).toBeGreaterThan(30 * MINUTE_MS);

      const page = await ordeal.settle();
      await expect(new Dashboard(page).badge).toHaveAttribute('data-state', /streaming|polling/);
      await isFull(page, server.url);
      for (const resolution of RESOLUTIONS) {
        const { missing, extra, rows } = await differencesFromTruth(page, server.url, resolution);
        expect({ resolution, missing, extra }).toEqual({ resolution, missing: [], extra: [] });
        expect(rows).toBeGreaterThan(1_000);
      }
    });
  }
});
