import { z } from 'zod';
import { epochMsSchema } from './fields.ts';

/** Where the numbers come from, so that the page can say so. */
export const sourceInfoSchema = z.object({
  kind: z.enum(['fleet', 'trace']),
  /** One line for people, such as "replay x600 of azure-llm-trace.csv". */
  label: z.string(),
  /** The source carries no latency of its own: it is modelled from tokens. */
  isLatencyModelled: z.boolean(),
});

export type SourceInfo = z.infer<typeof sourceInfoSchema>;

export const healthReplySchema = z.object({
  status: z.literal('ok'),
  build: z.string(),
  epoch: z.string().min(1),
  serverTime: epochMsSchema,
  watermark: z.int().min(-1),
  source: sourceInfoSchema,
});

/** Body of `GET /api/health`. */
export type HealthReply = z.infer<typeof healthReplySchema>;
