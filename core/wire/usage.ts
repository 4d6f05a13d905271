import { z } from 'zod';
import { type Parsed, parseWith } from './parsed.ts';

export const messageUsageSchema = z.object({
  message_id: z.int(),
  timestamp: z.iso.datetime({ offset: true }),
  /** Of the report that the message made; omitted without one. */
  report_name: z.string().optional(),
  credits_used: z.number().nonnegative(),
});

/** What one message used. */
export type MessageUsage = z.infer<typeof messageUsageSchema>;

export const usageReplySchema = z.object({ usage: z.array(messageUsageSchema) });

/** Body of `GET /usage`: the messages of the current billing period, in the order of the upstream. */
export type UsageReply = z.infer<typeof usageReplySchema>;

export function parseUsageReply(body: unknown): Parsed<UsageReply> {
  return parseWith(usageReplySchema, body);
}
