import { z } from 'zod';
import { type LedgerNews, ledgerMarkSchema, ledgerNewsSchema } from './anomalies.ts';
import { epochMsSchema } from './fields.ts';
import { type MetricsReply, metricsReplySchema } from './metrics.ts';
import { type Parsed, parseWith } from './parsed.ts';

export const helloSchema = z.object({
  epoch: z.string().min(1),
  build: z.string(),
  /** The server's clock, epoch ms. */
  serverTime: epochMsSchema,
  revision: z.int().nonnegative(),
  /** Absent: the ledger is not open. */
  ledger: ledgerMarkSchema.optional(),
});

export const heartbeatSchema = z.object({ serverTime: epochMsSchema });

export const byeSchema = z.object({
  /** How long the client should leave the server alone, ms. */
  retryAfterMs: z.number().nonnegative().optional(),
});

/**
 * What the stream says: `hello` first, then `metrics` per tick, `anomalies` and `acks` whenever the ledger changes, a
 * `heartbeat` now and then, and `bye` before a graceful end.
 */
export type StreamEvent =
  | { readonly name: 'hello'; readonly data: z.infer<typeof helloSchema> }
  | { readonly name: 'metrics'; readonly data: MetricsReply }
  | { readonly name: 'anomalies' | 'acks'; readonly data: LedgerNews }
  | { readonly name: 'heartbeat'; readonly data: z.infer<typeof heartbeatSchema> }
  | { readonly name: 'bye'; readonly data: z.infer<typeof byeSchema> };

/** Checks the data of an event; null: an event of a name that is not known here, to be ignored. */
export function parseStreamEvent(name: string, data: unknown): Parsed<StreamEvent | null> {
  switch (name) {
    case 'hello':
      return named(name, parseWith(helloSchema, data));
    case 'metrics':
      return named(name, parseWith(metricsReplySchema, data));
    case 'anomalies':
    case 'acks':
      return named(name, parseWith(ledgerNewsSchema, data));
    case 'heartbeat':
      return named(name, parseWith(heartbeatSchema, data));
    case 'bye':
      return named(name, parseWith(byeSchema, data));
    default:
      return { ok: true, value: null };
  }
}

function named<Name, Data>(
  name: Name,
  data: Parsed<Data>,
): Parsed<{ readonly name: Name; readonly data: Data }> {
  return data.ok ? { ok: true, value: { name, data: data.value } } : data;
}
