import { describe, expect, it } from 'vitest';
import { idSchema } from '#core/wire/fields.ts';
import { customersOf } from './directory.ts';

describe('directory of customers', () => {
  it('F1 gives each of very many customers and tenants a readable name of its own', () => {
    const customers = customersOf(12_000, 150);
    expect(new Set(customers.map((one) => one.customerId)).size).toBe(12_000);
    expect(new Set(customers.map((one) => one.tenantId)).size).toBe(150);
    for (const { customerId, tenantId } of customers) {
      expect(idSchema.safeParse(customerId).success).toBe(true);
      expect(customerId).toMatch(/^[a-z]+-[a-z]+(-\d+)?$/);
      expect(tenantId).toMatch(/^[a-z]+-[a-z]+(-\d+)?$/);
    }
  });

  it('F1 needs no numbers to tell the first 5,000 customers and 10 tenants apart', () => {
    const customers = customersOf(5_000, 10);
    expect(customers.every((one) => /^[a-z]+-[a-z]+$/.test(one.customerId))).toBe(true);
    expect(customers.every((one) => /^[a-z]+-[a-z]+$/.test(one.tenantId))).toBe(true);
  });

  it('F1 deals customers evenly, and keeps names when more customers join', () => {
    const few = customersOf(100, 7);
    const tenants = [...new Set(few.map((one) => one.tenantId))];
    const sizes = tenants.map((tenant) => few.filter((one) => one.tenantId === tenant).length);
    expect(few[0]).toEqual({ customerId: 'acme-robotics', tenantId: 'northwind-group' });
    expect(sizes).toEqual([15, 15, 14, 14, 14, 14, 14]);
    expect(customersOf(1_000, 7).slice(0, 100)).toEqual(few);
  });
});
