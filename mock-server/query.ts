import { z } from 'zod';
import { resolutionSchema } from '#core/wire/history.ts';
import type { Problem } from '#core/wire/problem.ts';
import { statsWindowSchema } from '#core/wire/stats.ts';

const MAX_LIMIT = 50_000;
const DEFAULT_LIMIT = 10_000;

/** How long raw updates can be asked for; what is older comes from history. */
export const RAW_KEPT_MS = 15 * 60_000;

const AN_INSTANT = 'give epoch ms (at most 15 digits) or an ISO-8601 date and time with its zone';
const A_LIMIT = `give a number of rows from 1 to ${MAX_LIMIT}`;
const A_SPAN = `give ms from 0 to ${RAW_KEPT_MS}`;
const A_REVISION = 'give the revision that a reply named';
const A_LEDGER = 'give the id of the ledger that a reply named';
const A_RESOLUTION = 'give auto, 5s, 1m or 1h';
const A_WINDOW = `give one of ${statsWindowSchema.options.join(', ')}`;

const digits = /^\d{1,15}$/;

const instantSchema = z
  .union([z.string().regex(digits), z.iso.datetime({ offset: true })], AN_INSTANT)
  .transform((text) => (digits.test(text) ? Number(text) : Date.parse(text)))
  .pipe(z.int(AN_INSTANT).nonnegative(AN_INSTANT));

/** Parameters of `GET /api/metrics`. */
export const metricsQuerySchema = z.object({
  since: instantSchema
    .optional()
    .describe('Updates after this instant; without it the last 5 minutes; in the future: now.'),
  limit: z
    .string()
    .regex(/^\d{1,5}$/, A_LIMIT)
    .transform(Number)
    .pipe(z.int().min(1, A_LIMIT).max(MAX_LIMIT, A_LIMIT))
    .default(DEFAULT_LIMIT)
    .describe(
      `Rows of a page, 1 to ${MAX_LIMIT}, ${DEFAULT_LIMIT} unless told. A tick is never split.`,
    ),
  revision: z
    .string()
    .regex(digits, A_REVISION)
    .transform(Number)
    .optional()
    .describe('The newest revision that is known: what was revised after it is announced.'),
  rawMs: z
    .string()
    .regex(/^\d{1,6}$/, A_SPAN)
    .transform(Number)
    .pipe(z.int().max(RAW_KEPT_MS, A_SPAN))
    .optional()
    .describe(
      `Updates of so many ms before now at most, ${RAW_KEPT_MS} unless told: what is older is a gap, which history fills in fewer bytes.`,
    ),
  ledger: z
    .string()
    .regex(/^[\w-]{1,64}$/, A_LEDGER)
    .optional()
    .describe('The ledger that is known, together with `ledgerRevision`: what is new is told.'),
  ledgerRevision: z
    .string()
    .regex(digits, A_REVISION)
    .transform(Number)
    .optional()
    .describe('The newest revision of that ledger that is known.'),
});

export type MetricsQuery = z.infer<typeof metricsQuerySchema>;

/** Parameters of `GET /api/stream`. */
export const streamQuerySchema = metricsQuerySchema.pick({
  since: true,
  revision: true,
  rawMs: true,
});

export type StreamQuery = z.infer<typeof streamQuerySchema>;

/** Parameters of `GET /api/metrics/history`. */
export const historyQuerySchema = z.object({
  from: instantSchema.describe('Start of the span, floored to the resolution.'),
  to: instantSchema.describe(
    'End of the span, exclusive, ceiled to the resolution; at most 400 days after `from`.',
  ),
  resolution: z
    .enum(['auto', ...resolutionSchema.options], A_RESOLUTION)
    .default('auto')
    .describe('Width of a bucket; auto: the finest with at most 600 buckets.'),
});

export type HistoryQuery = z.infer<typeof historyQuerySchema>;

/** Parameters of `GET /api/stats`. */
export const statsQuerySchema = z.object({
  window: z
    .enum(statsWindowSchema.options, A_WINDOW)
    .default('1h')
    .describe('Span that ends with the last closed bucket.'),
});

/** Parameters of `GET /api/anomalies`. */
export const anomaliesQuerySchema = z.object({
  from: instantSchema.optional().describe('Only incidents that end after this instant.'),
  to: instantSchema.optional().describe('Only incidents that begin before this instant.'),
  sinceRevision: z
    .string()
    .regex(digits, A_REVISION)
    .transform(Number)
    .default(0)
    .describe('Only what changed after this revision; 0 unless told: everything.'),
});

/** What a question was answered with: a body, or a problem that names the parameter. */
export type Answer<Body> =
  | {
      ok: true;
      /** Changes whenever the body does, and is known before it; null: such a body must not be kept. */
      tag: string | null;
      body: () => Body | Promise<Body>;
    }
  | { ok: false; problem: Problem };

/** Reads the parameters that `schema` names; others are ignored, repeated ones refused. */
export function readQuery<Query extends z.ZodObject>(
  schema: Query,
  parameters: URLSearchParams,
): { ok: true; query: z.infer<Query> } | { ok: false; problem: Problem } {
  const given: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const [value, ...more] = parameters.getAll(name);
    if (more.length > 0) return { ok: false, problem: badParameter(name, 'give it once') };
    if (value !== undefined) given[name] = value;
  }
  const read = schema.safeParse(given);
  if (read.success) return { ok: true, query: read.data };
  const issue = read.error.issues[0];
  const name = String(issue?.path[0] ?? '');
  return { ok: false, problem: badParameter(name, issue?.message ?? 'not valid') };
}

/** Reads a question for the stream; without `since` it is the id of the last event that says where to go on. */
export function readStreamQuery(
  parameters: URLSearchParams,
  lastEventId: string | undefined,
): { ok: true; query: StreamQuery } | { ok: false; problem: Problem } {
  const read = readQuery(streamQuerySchema, parameters);
  if (!read.ok || read.query.since !== undefined || lastEventId === undefined) return read;
  if (!digits.test(lastEventId)) {
    return { ok: false, problem: badParameter('Last-Event-ID', 'give the id of an event') };
  }
  return { ok: true, query: { ...read.query, since: Number(lastEventId) } };
}

/** The reply to a question whose parameter cannot be used; `advice` says what to give instead. */
export function badParameter(name: string, advice: string): Problem {
  return {
    type: 'about:blank',
    title: 'Bad Request',
    status: 400,
    detail: `${name}: ${advice}`,
    parameter: name,
  };
}
