import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { BucketTable } from '#core/rollup/bucket-table.ts';
import type { Chunk } from '#core/rollup/chunk.ts';
import { SeriesDictionary } from '#core/rollup/series.ts';
import { buildFrame } from '#core/view/build-frame.ts';
import { NO_FILTER } from '#core/view/filter.ts';
import { AS_OF_MS } from '#app/testing/frames.ts';
import { allParts, renderPage, setElementSize } from '#app/testing/page.tsx';
import { CostByModel } from './cost-by-model.tsx';
import { KeyFigures } from './key-figures.tsx';
import { SpendRate } from './spend-rate.tsx';
import { TokenUsage } from './token-usage.tsx';
import { TopCustomers } from './top-customers.tsx';

const END_MS = AS_OF_MS;
const SERIES = new SeriesDictionary([{ tenantId: 'north', customerId: 'acme', model: 'gpt-4o' }]);

/** A dollar in every bucket, or nothing at all, of the seconds before the end. */
function aChunk(fromS: number, toS: number, usd: number): Chunk {
  const table = new BucketTable(5_000);
  for (let second = fromS; usd > 0 && second > toS; second -= 5) {
    const rollup = { calls: 1, tokens: 10, costMicroUsd: usd * 1e6, latencyMsSum: 5 };
    table.add(END_MS - second * 1_000, 0, rollup);
  }
  return { fromMs: END_MS - fromS * 1_000, toMs: END_MS - toS * 1_000, rows: table.toRows() };
}

/** All panels, of a page that knows no more than the chunks. */
async function renderPanels(chunks: readonly Chunk[]) {
  const playheadMs = END_MS - 1;
  const inputs = { number: 1, epoch: 'e', filter: NO_FILTER, playheadMs, series: SERIES, chunks };
  const frame = buildFrame(inputs);
  const page = renderPage(
    <>
      <SpendRate />
      <KeyFigures />
      <TokenUsage />
      <CostByModel />
      <TopCustomers />
    </>,
    { frame, spendRate: frame.spendRate },
  );
  await allParts();
  const region = (name: string) => screen.getByRole('region', { name });
  const figures = [...region('Key figures').querySelectorAll('.figure')].slice(0, 5);
  return {
    ...page,
    region,
    figures: figures.map((one) => one.querySelector('.figure-value')?.textContent),
    lines: figures.map((one) => one.querySelector('.sparkline-line')?.getAttribute('d') ?? ''),
  };
}

const NOTHING = ['Spend rate', 'Token usage', 'Cost by model', 'Top customers'];

describe('what is not known', () => {
  beforeEach(() => setElementSize(800, 400));

  it('N38 is no amount on any panel: no $0, no line, no needle', async () => {
    const { region, figures, lines, container } = await renderPanels([]);
    for (const name of NOTHING) {
      expect(within(region(name)).getByText('Not enough data yet')).toBeTruthy();
      expect(region(name).textContent).not.toMatch(/\$0\.|nothing|no (model|customer)/i);
    }
    expect(figures).toEqual(['—', '—', '—', '—', '—']);
    expect(lines.join('')).toBe('');
    expect(container.querySelector('.gauge-needle')).toBeNull();
    expect(container.querySelector('.donut-part, .cost-bar, .customer')).toBeNull();
  });

  it('N38 is told apart from nothing used, which is an amount', async () => {
    const { figures, region, container } = await renderPanels([aChunk(600, 0, 0)]);
    expect(figures.slice(0, 3)).toEqual(['$0.00', '0', '0.0']);
    expect(region('Cost by model').textContent).toContain('Nothing ran in the last 5 min.');
    expect(container.querySelector('.gauge-needle')).not.toBeNull();
  });

  it('N38 is not counted among what was not used either', async () => {
    const { region } = await renderPanels([aChunk(40, 0, 0)]);
    expect(region('Cost by model').textContent).toContain(
      'Nothing ran in the 40 s known of the last 5 min.',
    );
    expect(region('Top customers').textContent).toContain('40 s known of the last 5 min');
  });

  it('N38 leaves every line open, and draws none of them down to zero', async () => {
    const { lines, region } = await renderPanels([aChunk(300, 150, 1), aChunk(90, 0, 1)]);
    for (const line of lines) expect(line.match(/M/g)).toHaveLength(2);
    // All that is known is the same amount: a line that touched zero would have another height.
    const heights = lines.map((line) => new Set(line.match(/(?<= )[\d.]+/g)));
    expect(heights.map((one) => one.size)).toEqual([1, 1, 1, 1, 1]);
    const trend = region('Top customers').querySelector('.sparkline-line')?.getAttribute('d');
    expect(trend?.match(/M/g)).toHaveLength(2);
    const curve = region('Token usage').querySelector('.recharts-area-curve')?.getAttribute('d');
    expect(curve?.match(/M/g)).toHaveLength(2);
    const places = [...(curve?.matchAll(/,([\d.]+)/g) ?? [])].map(([, y]) => y);
    expect(new Set(places).size).toBe(1);
  });
});
