// `npm run draw:screenshots`: takes the pictures of the web manifest and of the README anew, of the built app on the simulated
// fleet. `npm run draw:screenshots -- wall` takes only the one of that name.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from './find-chromium.js';

/** Shown to whoever installs the app: `form_factor` in the manifest goes by what is wider. */
const WIDE = { width: 1280, height: 800, scale: 1 };
const NARROW = { width: 390, height: 800, scale: 2 };

/** Read about before it is tried. */
const DESK = { width: 1440, height: 900, scale: 1 };
const PHONE = { width: 390, height: 844, scale: 1 };
const HD = { width: 1280, height: 720, scale: 1 };
const HOUR_MS = 3_600_000;
const anHourAgo = new Date(Date.now() - HOUR_MS).toISOString();

/** `sign`: what is there when the page has its figures. */
// A new server needs its time to find the incidents of the last day.
const LIVE = { path: '/?window=1h', sign: '.incident-chart' };
const CREDITS = { path: '/credits', sign: '[role=gridcell]' };
const PLAYBACK = { path: `/?window=15m&to=${anHourAgo}&play=60`, sign: 'text=Playing at' };
const WALL = { path: '/wall?views=spend', sign: '.wall >> text=$' };

const MANIFEST = 'app/public/screenshots';
const README = 'docs';

const SCREENSHOTS = [
  { folder: MANIFEST, name: 'live-wide', ...LIVE, ...WIDE },
  { folder: MANIFEST, name: 'credits-wide', ...CREDITS, ...WIDE },
  { folder: MANIFEST, name: 'live-narrow', ...LIVE, ...NARROW },
  { folder: MANIFEST, name: 'credits-narrow', ...CREDITS, ...NARROW },
  { folder: README, name: 'dashboard', ...LIVE, ...DESK },
  { folder: README, name: 'phone', ...LIVE, ...PHONE },
  { folder: README, name: 'playback', ...PLAYBACK, ...DESK },
  { folder: README, name: 'credits', ...CREDITS, ...DESK },
  { folder: README, name: 'wall', ...WALL, ...HD },
];

const root = fileURLToPath(new URL('..', import.meta.url));
const [only] = process.argv.slice(2);
const wanted = SCREENSHOTS.filter(({ name }) => only === undefined || name === only);
if (wanted.length === 0) throw new Error(`there is no picture ${only}`);
const dataFolder = await mkdtemp(join(tmpdir(), 'burnrate-screenshots-'));

/** @returns {Promise<number>} a port that nobody listens on */
async function freePort() {
  const probe = createServer().listen(0, 'localhost');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

const port = await freePort();
const server = spawn(process.execPath, [join(root, 'dist/server/main.js')], {
  env: { ...process.env, PORT: String(port), DATA_DIR: dataFolder, LOG_LEVEL: 'error' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
try {
  // It prints its address when it listens.
  await once(createInterface({ input: server.stdout }), 'line');
  for (const { folder, name, path, sign, width, height, scale } of wanted) {
    const context = await browser.newContext({
      viewport: { width, height },
      deviceScaleFactor: scale,
      colorScheme: 'dark',
    });
    const page = await context.newPage();
    await page.goto(`http://localhost:${port}${path}`);
    await page.locator(sign).first().waitFor({ timeout: 180_000 });
    await page
      .locator('[aria-busy=true], .catch-up, .skeleton')
      .first()
      .waitFor({ state: 'detached', timeout: 180_000 });
    // Until what has come is drawn, and what was fetched last has come.
    await page.waitForTimeout(5_000);
    await page.screenshot({ path: join(root, folder, `${name}.png`) });
    await context.close();
  }
} finally {
  await browser.close();
  server.kill();
  await once(server, 'exit');
  await rm(dataFolder, { recursive: true, force: true });
}
