import { z } from 'zod';

const MAX_ID_LENGTH = 200;

/** An id of a tenant, customer or model: 1 to 200 characters, none of them a control character. */
export const idSchema = z
  .string()
  .min(1)
  .max(MAX_ID_LENGTH)
  .regex(/^\P{Cc}*$/u, 'has a control character');

/** An instant as epoch ms, UTC. */
export const epochMsSchema = z.int().nonnegative();

/** A count, or an amount in indivisible units. */
export const countSchema = z.int().nonnegative();

/** Half-open span of time `[from, to)`, epoch ms, never empty. */
export const spanSchema = z
  .object({ from: epochMsSchema, to: epochMsSchema })
  .refine((span) => span.from < span.to, 'ends before it starts');

export const seriesKeySchema = z.object({
  tenantId: idSchema,
  customerId: idSchema,
  model: idSchema,
});
