import { type BrowserContext, type BrowserContextOptions, chromium } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from '../scripts/find-chromium.js';

/** A browser of its own on a profile that stays when it is closed. */
export function launchProfile(
  folder: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    ...options,
    executablePath: findChromium(),
    args: CHROMIUM_FLAGS,
    viewport: { width: 1440, height: 900 },
  });
}
