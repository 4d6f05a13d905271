import { describe, expect, it } from 'vitest';
import { dealRow } from './dealing.ts';

const deals = Array.from({ length: 20_000 }, (_, row) => dealRow(row));

function countBy(names: readonly string[]): number[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts.values()].sort((a, b) => b - a);
}

describe('dealing', () => {
  it('T5 deals a row in the same way each time', () => {
    expect(deals.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, row) => dealRow(row)));
  });

  it('T5 deals as it always has: another deal is another data set and needs another GENERATOR_VERSION', () => {
    const some = [0, 2_000, 3_000].map((row) => deals[row]);
    const names = some.map(
      (deal) => `${deal?.customer.tenantId} ${deal?.customer.customerId} ${deal?.model}`,
    );
    expect(names).toEqual([
      'bluepeak-industries bluebird-retail llama-3.3-70b-versatile',
      'silverlake-partners cedar-textiles gemini-3.5-flash',
      'northwind-group acme-robotics gpt-5.4-mini',
    ]);
  });

  it('T5 keeps each customer to one tenant and 1 to 3 models', () => {
    const tenants = new Map<string, Set<string>>();
    const models = new Map<string, Set<string>>();
    for (const { customer, model } of deals) {
      const { customerId, tenantId } = customer;
      tenants.set(customerId, (tenants.get(customerId) ?? new Set()).add(tenantId));
      models.set(customerId, (models.get(customerId) ?? new Set()).add(model));
    }
    expect(new Set([...tenants.values()].map((set) => set.size))).toEqual(new Set([1]));
    expect(new Set([...models.values()].map((set) => set.size))).toEqual(new Set([1, 2, 3]));
  });

  it('T5 deals to many, and most of it to few', () => {
    const counts = countBy(deals.map((deal) => deal.customer.customerId));
    const topFive = counts.slice(0, 5).reduce((sum, count) => sum + count, 0);
    expect(counts).toHaveLength(40);
    expect(topFive / deals.length).toBeGreaterThan(0.45);
    expect(topFive / deals.length).toBeLessThan(0.65);
    expect(countBy(deals.map((deal) => deal.model)).length).toBeGreaterThanOrEqual(6);
  });
});
