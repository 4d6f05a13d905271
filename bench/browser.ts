import { type BrowserContext, chromium } from '@playwright/test';
import { findChromium } from '../scripts/find-chromium.js';

const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser of its own on a profile that stays when it is closed. */
export function launchProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    executablePath: findChromium(),
    args: FLAGS,
    viewport: { width: 1440, height: 900 },
  });
}
