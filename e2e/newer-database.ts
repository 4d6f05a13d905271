import type { Page } from '@playwright/test';

/** What a newer build does to the database when it is opened for the first time. */
export async function upgradeDatabase(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('burnrate', 990);
        opening.onupgradeneeded = () => {
          opening.result.createObjectStore('wonders');
        };
        opening.onsuccess = () => {
          opening.result.close();
          resolve();
        };
        opening.onerror = () => reject(opening.error ?? new Error('no upgrade'));
        opening.onblocked = () => reject(new Error('an older tab is in the way'));
      }),
  );
}
