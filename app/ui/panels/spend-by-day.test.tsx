import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { aFrame } from '#app/testing/frames.ts';
import { renderPage } from '#app/testing/page.tsx';
import type { DayUse } from '#core/view/frame.ts';
import { SpendByDay } from './spend-by-day.tsx';

const HOUR_MS = 3_600_000;
const BERLIN_MIDNIGHT_MS = Date.UTC(2026, 2, 27, 23);

function aDay(fromMs: number, hours: number, parts: Partial<DayUse> = {}): DayUse {
  const toMs = fromMs + hours * HOUR_MS;
  return {
    fromMs,
    toMs,
    wholeFromMs: fromMs,
    wholeToMs: toMs,
    coveredMs: toMs - fromMs,
    costMicroUsd: 1_500_000_001,
    tokens: 2_500_000,
    calls: 900,
    ...parts,
  };
}

/** A whole day, one of 23 h of which half is known, one of which nothing is, and the beginning of one. */
function renderDays() {
  const first = aDay(BERLIN_MIDNIGHT_MS, 24);
  const spring = aDay(first.toMs, 23, { coveredMs: 12 * HOUR_MS, costMicroUsd: 500_000_000 });
  const unknown = aDay(spring.toMs, 24, { coveredMs: 0, costMicroUsd: 0, tokens: 0, calls: 0 });
  const today = aDay(unknown.toMs, 10, { wholeToMs: unknown.toMs + 24 * HOUR_MS });
  const uses = [first, spring, unknown, today];
  renderPage(<SpendByDay />, { frame: aFrame({ days: { zone: 'Europe/Berlin', uses } }) });
  const panel = within(screen.getByRole('region', { name: 'Spend by day' }));
  return panel
    .getAllByRole('row')
    .map((row) =>
      [...row.querySelectorAll(':not([aria-hidden]):is(th, td)')]
        .map((cell) => cell.textContent)
        .join(' | '),
    );
}

describe('the days', () => {
  it('V36 stand newest first in their zone, each with its share, and what is not as usual about it', () => {
    expect(renderDays()).toEqual([
      'Day | Spend | Share | Tokens | Calls',
      'Tue 31 Maruntil 10:00 | $1,500 | 42.9% | 2.50M | 900',
      'Mon 30 Marnot known | — | — | — | —',
      'Sun 29 Maronly 12 h known23 h long | $500 | 14.3% | 2.50M | 900',
      'Sat 28 Mar | $1,500 | 42.9% | 2.50M | 900',
      '4 days | $3,500 | 100.0% | 7.50M | 2.70K',
    ]);
  });

  it('V34 tell exact amounts to programs, which add up to the last one', () => {
    renderDays();
    const values = [...document.querySelectorAll('data')].map((one) => Number(one.value) * 1e6);
    const sum = values.slice(0, -1).reduce((total, value) => total + Math.round(value), 0);
    expect(sum).toBe(Math.round(values.at(-1) ?? 0));
    expect(sum).toBe(3_500_000_002);
  });
});
