import type { SeriesKey } from '../rollup/series.ts';

/** One series' part in a change. */
export interface SeriesChange {
  readonly key: SeriesKey;
  readonly usual: number;
  readonly actual: number;
}

/** What one customer, model or tenant changed. Of each dimension, `change` and `percent` add up to the whole and to 100. */
export interface Contribution {
  readonly id: string;
  readonly usual: number;
  readonly actual: number;
  /** actual - usual. */
  readonly change: number;
  /** Whole per cent of the whole change; below 0: against it. */
  readonly percent: number;
}

export interface Contributions {
  readonly customers: readonly Contribution[];
  readonly models: readonly Contribution[];
  readonly tenants: readonly Contribution[];
}

/** Who changed how much, those first that changed most in the direction of the whole. */
export function contributionsOf(changes: readonly SeriesChange[]): Contributions {
  return {
    customers: contributionsBy(changes, (key) => key.customerId),
    models: contributionsBy(changes, (key) => key.model),
    tenants: contributionsBy(changes, (key) => key.tenantId),
  };
}

function contributionsBy(
  changes: readonly SeriesChange[],
  idOf: (key: SeriesKey) => string,
): readonly Contribution[] {
  const sums = new Map<string, { usual: number; actual: number }>();
  for (const { key, usual, actual } of changes) {
    const sum = sums.get(idOf(key)) ?? { usual: 0, actual: 0 };
    sums.set(idOf(key), { usual: sum.usual + usual, actual: sum.actual + actual });
  }
  const rows = [...sums].map(([id, sum]) => ({ id, ...sum, change: sum.actual - sum.usual }));
  const whole = rows.reduce((total, one) => total + one.change, 0);
  const sign = whole < 0 ? -1 : 1;
  const ranked = rows.sort((a, b) => sign * (b.change - a.change) || (a.id < b.id ? -1 : 1));
  const percents = percentsOf(ranked.map((one) => sign * one.change));
  return ranked.map((one, i) => ({ ...one, percent: percents[i] ?? 0 }));
}

/** Whole per cents that add up to 100 (to 0 if there is no change), each within 1 of its exact size. */
function percentsOf(changes: readonly number[]): readonly number[] {
  const whole = changes.reduce((sum, one) => sum + one, 0);
  if (whole === 0) return changes.map(() => 0);
  // By cumulative rounding, as in splitWhole, whose weights may not be below 0.
  let seen = 0;
  let dealt = 0;
  return changes.map((change) => {
    seen += change;
    const due = Math.round((100 * seen) / whole);
    const percent = due - dealt;
    dealt = due;
    return percent;
  });
}
