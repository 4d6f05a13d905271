import { z } from 'zod';
import { MAX_NOTE_LENGTH, MAX_WHO_LENGTH } from './decision-limits.ts';
import { epochMsSchema } from './fields.ts';
import { incidentIdSchema, incidentSchema } from './incidents.ts';
import { type Parsed, parseWith } from './parsed.ts';

const revisionSchema = z.int().nonnegative();

/** A name or nothing; databases keep neither halves of characters nor controls. */
const whoSchema = z
  .string()
  .max(MAX_WHO_LENGTH)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'has a control character, or half of a character');

/** The same with lines and tabs. */
const noteSchema = z
  .string()
  .max(MAX_NOTE_LENGTH)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u, 'has a control character, or half of a character');

const decidedSchema = z.object({
  /** Made by who decided, once for this decision: sent twice, it counts once. */
  clientId: z.string().regex(/^[\w-]{8,64}$/, 'give 8 to 64 letters, digits, _ or -'),
  /** Empty: nothing to say. */
  note: noteSchema,
  /** A name as people write it; empty: not told. */
  who: whoSchema,
});

const snoozed = { state: z.literal('snoozed'), untilMs: epochMsSchema };
const settled = { state: z.enum(['acknowledged', 'dismissed', 'open']) };

export const ackRequestSchema = z.discriminatedUnion('state', [
  decidedSchema.extend(snoozed),
  decidedSchema.extend(settled),
]);

/** Body of `PUT /api/anomalies/:id/ack`: what somebody decided about an incident. `open` takes all back. */
export type AckRequest = z.infer<typeof ackRequestSchema>;

const arrivedSchema = decidedSchema.extend({
  incidentId: incidentIdSchema,
  /** When it arrived, by the server's clock. */
  atMs: epochMsSchema,
  revision: revisionSchema,
});

export const ackSchema = z.discriminatedUnion('state', [
  arrivedSchema.extend(snoozed),
  arrivedSchema.extend(settled),
]);

/** A decision that the server has; the one that arrived last counts. */
export type Ack = z.infer<typeof ackSchema>;

export const ackReplySchema = z.object({
  /** What was asked for, as it was taken when it first arrived. */
  ack: ackSchema,
  /** What counts now: the same, or what somebody decided later. */
  current: ackSchema,
});

/** Answer to `PUT /api/anomalies/:id/ack`. */
export type AckReply = z.infer<typeof ackReplySchema>;

export const anomalySchema = incidentSchema.extend({ revision: revisionSchema });

/** An incident, and when the ledger last heard something new of it. */
export type Anomaly = z.infer<typeof anomalySchema>;

export const anomaliesReplySchema = z.object({
  /** Of the data set; incidents of others are not told. */
  epoch: z.string().min(1),
  /** Id of the ledger. Another than before: its revisions count from 0, ask for everything anew. */
  ledger: z.string().min(1),
  /** The next question's `sinceRevision`: this reply and those before it tell all up to it. */
  revision: revisionSchema,
  /** More has changed than one reply tells: ask on at once. */
  hasMore: z.boolean(),
  /** Ascending by revision, like `acks`. */
  anomalies: z.array(anomalySchema),
  /** The decisions that count, of incidents of the same span. */
  acks: z.array(ackSchema),
});

/** Body of `GET /api/anomalies`: what changed after a revision. */
export type AnomaliesReply = z.infer<typeof anomaliesReplySchema>;

/** How far the ledger has come: `sinceRevision` of the next question for incidents. */
export const ledgerMarkSchema = z.object({
  id: z.string().min(1),
  revision: revisionSchema,
});

export type LedgerMark = z.infer<typeof ledgerMarkSchema>;

/** Changes of the ledger since `since`, whole; who has not come so far asks `GET /api/anomalies`. */
export const ledgerNewsSchema = z.object({
  ledger: ledgerMarkSchema.extend({ since: revisionSchema }),
  /** Ascending by revision, like `acks`. */
  anomalies: z.array(anomalySchema),
  acks: z.array(ackSchema),
});

/** Data of the stream's events `anomalies` and `acks`, and part of the poll's body. */
export type LedgerNews = z.infer<typeof ledgerNewsSchema>;

export function parseAckRequest(body: unknown): Parsed<AckRequest> {
  return parseWith(ackRequestSchema, body);
}

export function parseAckReply(body: unknown): Parsed<AckReply> {
  return parseWith(ackReplySchema, body);
}

export function parseAnomaliesReply(body: unknown): Parsed<AnomaliesReply> {
  return parseWith(anomaliesReplySchema, body);
}

export function parseLedgerNews(data: unknown): Parsed<LedgerNews> {
  return parseWith(ledgerNewsSchema, data);
}
