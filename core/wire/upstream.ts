import { z } from 'zod';
import { type Parsed, parseWith } from './parsed.ts';

/** What can stand in an address by itself; anything else is no id of a report. */
const reportIdSchema = z.union([z.int().nonnegative(), z.string().regex(/^[\w-]{1,100}$/)]);

export const upstreamMessageSchema = z.object({
  id: z.int(),
  text: z.string(),
  timestamp: z.iso.datetime({ offset: true }),
  /** Null, absent, or no id at all: the message has no report. */
  report_id: reportIdSchema.nullish().catch(null),
});

/** A message to an assistant, as the upstream tells it. */
export type UpstreamMessage = z.infer<typeof upstreamMessageSchema>;

export const upstreamMessagesSchema = z.object({ messages: z.array(upstreamMessageSchema) });

/** Body of `GET {UPSTREAM_URL}/messages/current-period`. */
export type UpstreamMessages = z.infer<typeof upstreamMessagesSchema>;

export const upstreamReportSchema = z.object({
  id: reportIdSchema,
  name: z.string(),
  credit_cost: z.number().nonnegative(),
});

/** Body of `GET {UPSTREAM_URL}/reports/:id`: what a message costs that made this report. */
export type UpstreamReport = z.infer<typeof upstreamReportSchema>;

export function parseUpstreamMessages(body: unknown): Parsed<UpstreamMessages> {
  return parseWith(upstreamMessagesSchema, body);
}

export function parseUpstreamReport(body: unknown): Parsed<UpstreamReport> {
  return parseWith(upstreamReportSchema, body);
}
