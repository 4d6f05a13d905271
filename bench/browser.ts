import { type BrowserContext, type BrowserContextOptions, chromium } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from '../scripts/find-chromium.js';

/** A browser of its own on a profile that stays when it is closed. */
export async function launchProfile(
  folder: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(folder, {
    ...options,
    executablePath: findChromium(),
    args: CHROMIUM_FLAGS,
    viewport: { width: 1440, height: 900 },
  });
  // The functions that tests send into a page are compiled otherwise here, with a helper of this name.
  await context.addInitScript({ content: 'globalThis.__name ??= (named) => named' });
  return context;
}
