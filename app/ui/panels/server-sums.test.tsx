import 'fake-indexeddb/auto';
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { StatsReply } from '#core/wire/stats.ts';
import { BurnrateDatabase } from '#app/database/database.ts';
import { aFrame } from '#app/testing/frames.ts';
import { renderPage } from '#app/testing/page.tsx';
import { KeyFigures } from './key-figures.tsx';

const TO_MS = new Date(2026, 10, 21, 9, 5).getTime();

const REPLY: StatsReply = {
  epoch: aFrame().epoch,
  window: '5m',
  from: TO_MS - 300_000,
  to: TO_MS,
  totalCost: 8_123,
  totalCostPerHour: 97_476,
  totalCalls: 12_345,
  totalTokens: 41_200_000,
  avgLatencyMs: 800,
  activeCustomers: 40,
  topCustomers: [{ customerId: 'Acme', tenantId: 'north', totalCost: 900, totalTokens: 1 }],
  costByModel: [{ model: 'gpt-4', totalCost: 3_000, totalTokens: 1 }],
};

async function remember(reply: StatsReply): Promise<void> {
  const { epoch, window } = reply;
  await new BurnrateDatabase().stats.put({ epoch, window, reply, heardAtMs: TO_MS });
}

describe('the server’s sums', () => {
  it('U88 stand in, dated, while the window is not all here', async () => {
    await remember(REPLY);
    const frame = { ...aFrame(), coveredMs: 60_000 };
    renderPage(<KeyFigures />, { frame });
    const sums = await screen.findByText(/the server counts/);
    expect(sums.textContent).toContain('$8,123 and 41.2M tokens in the 5 min to 09:05');
    expect(sums.textContent).toContain('most by Acme ($900) and on gpt-4 ($3,000)');
    expect(sums.querySelector('time')?.dateTime).toBe(new Date(TO_MS).toISOString());
  });

  it('W49 are short enough for the large type of a wall', async () => {
    await remember({ ...REPLY, window: '24h', totalCost: 1_346_527 });
    const page = renderPage(<KeyFigures />, { frame: aFrame() });
    expect(await screen.findByText('$1,346,527')).toBeTruthy();
    page.unmount();
    renderPage(<KeyFigures />, { frame: aFrame(), route: 'wall' });
    expect(await screen.findByText('$1.3M')).toBeTruthy();
  });

  it('U88 are not shown beside a window that is whole, a slice, or another data set', async () => {
    await remember(REPLY);
    const partial = { ...aFrame(), coveredMs: 60_000 };
    const { tenants } = aFrame().choices;
    const frames = [
      { ...partial, coveredMs: partial.windowMs },
      { ...partial, filter: { ...partial.filter, tenants: tenants.slice(0, 1) } },
      { ...partial, epoch: 'another' },
      { ...partial, range: { ...partial.range, endMs: TO_MS } },
    ];
    for (const frame of frames) {
      const { unmount } = renderPage(<KeyFigures />, { frame });
      await screen.findByText('Last 24 h');
      expect(screen.queryByText(/the server counts/)).toBeNull();
      unmount();
    }
  });
});
