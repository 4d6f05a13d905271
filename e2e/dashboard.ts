import { expect, type Locator, type Page } from '@playwright/test';

/** The dashboard as a person sees it, by role and name. */
export class Dashboard {
  readonly page: Page;
  readonly badge: Locator;
  readonly spendRate: Locator;
  readonly tokenUsage: Locator;

  constructor(page: Page) {
    this.page = page;
    this.badge = page.getByRole('status', { name: 'Connection' });
    this.spendRate = page.getByRole('region', { name: 'Spend rate' });
    this.tokenUsage = page.getByRole('region', { name: 'Token usage' });
  }

  /** Waits until the page is kept on this device: a server that dies before that takes the page with it. */
  async isKept(): Promise<void> {
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
  }

  /** Lets the cache stand still, so that it can be compared. */
  async pause(): Promise<void> {
    await this.page.keyboard.press('p');
    await expect(this.badge).toHaveAttribute('data-state', 'paused');
  }

  /** When the newest data on the token chart are from, epoch ms. */
  async asOfMs(): Promise<number> {
    const at = await this.tokenUsage.locator('time').getAttribute('datetime');
    return Date.parse(at ?? '');
  }

  /** The outline of the token chart: it changes with any value that is drawn. */
  async chartOutline(): Promise<string> {
    return (
      (await this.tokenUsage
        .locator('.recharts-area:not(.chart-ghost) path.recharts-area-curve')
        .first()
        .getAttribute('d')) ?? ''
    );
  }
}

/** Moves all clocks of the page and its worker forward, as if so much time had passed. */
export async function letTimePass(page: Page, ms: number): Promise<void> {
  const jump = (by: number) => {
    const wallNow = Date.now.bind(Date);
    const steadyNow = performance.now.bind(performance);
    Date.now = () => wallNow() + by;
    performance.now = () => steadyNow() + by;
  };
  await page.evaluate(jump, ms);
  for (const worker of page.workers()) await worker.evaluate(jump, ms);
}
