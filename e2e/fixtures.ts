import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, expect, type Page, test as base } from '@playwright/test';
import { PREPARED_DATA } from './prepare-data.ts';
import { Server, type Settings } from './server.ts';

/** One browser profile on disk, which survives the browser. */
class Profile {
  readonly #folder: string;
  readonly #launch: (folder: string) => Promise<BrowserContext>;
  #context: BrowserContext | null = null;
  readonly #complaints: string[] = [];
  /** What a browser says of a server that is not there, or refuses: no fault of the page. */
  readonly #expected: RegExp[] = [/Failed to load resource/, /net::ERR_/];

  constructor(folder: string, launch: (folder: string) => Promise<BrowserContext>) {
    this.#folder = folder;
    this.#launch = launch;
  }

  /** Console errors and warnings, and page errors, of every page so far, but for what is expected. */
  get complaints(): readonly string[] {
    return this.#complaints.filter((text) => !this.#expected.some((one) => one.test(text)));
  }

  /** This test provokes a complaint. */
  expectComplaint(like: RegExp): void {
    this.#expected.push(like);
  }

  /** A page in the running browser, or in a new one. */
  async open(url: string): Promise<Page> {
    this.#context ??= this.#listen(await this.#launch(this.#folder));
    const [first] = this.#context.pages();
    const page = first?.url() === 'about:blank' ? first : await this.#context.newPage();
    await page.goto(url);
    return page;
  }

  /** Ends the browser; the next `open` starts it cold, with what is on the disk. */
  async closeBrowser(): Promise<void> {
    await this.#context?.close();
    this.#context = null;
  }

  /** Hears every page and worker. */
  #listen(context: BrowserContext): BrowserContext {
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.#complaints.push(message.text());
    });
    context.on('weberror', (error) => this.#complaints.push(String(error.error())));
    return context;
  }
}

interface Fixtures {
  readonly settings: Settings;
  readonly server: Server;
  readonly profile: Profile;
  /** Somebody else's browser. */
  readonly otherProfile: Profile;
}

async function withProfile(
  options: Parameters<typeof chromium.launchPersistentContext>[1],
  provide: (profile: Profile) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'burnrate-profile-'));
  const profile = new Profile(folder, (at) => chromium.launchPersistentContext(at, options));
  await provide(profile);
  await profile.closeBrowser();
  await rm(folder, { recursive: true, force: true });
  expect(profile.complaints, 'what the page complained of').toEqual([]);
}

/** Every test has a server process and a browser profile of its own, and fails when a page complains. */
export const test = base.extend<Fixtures>({
  settings: [{}, { option: true }],
  server: async ({ settings }, provide) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'burnrate-data-'));
    await cp(process.env[PREPARED_DATA] ?? '', dataDir, { recursive: true });
    const server = await Server.start({ DATA_DIR: dataDir, ...settings });
    await provide(server);
    await server.kill();
    await rm(dataDir, { recursive: true, force: true });
  },
  profile: async ({ launchOptions, viewport, serviceWorkers }, provide) => {
    await withProfile({ ...launchOptions, viewport, serviceWorkers }, provide);
  },
  otherProfile: async ({ launchOptions, viewport, serviceWorkers }, provide) => {
    await withProfile({ ...launchOptions, viewport, serviceWorkers }, provide);
  },
});

export { expect } from '@playwright/test';
