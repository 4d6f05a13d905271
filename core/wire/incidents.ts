import { z } from 'zod';
import { countSchema, epochMsSchema, idSchema, seriesKeySchema } from './fields.ts';

const MAX_SENTENCE_LENGTH = 1_000;
const MAX_OUTLINE_BINS = 120;
/** Versions of an incident that are kept. */
const MAX_HISTORY = 24;

/** Letters, digits, `_` and `-`: it stands in a path. */
export const incidentIdSchema = z.string().regex(/^[\w-]{1,64}$/, 'is no id of an incident');

const incidentKindSchema = z.enum([
  'spend-spike',
  'volume',
  'price-or-mix',
  'drop',
  'latency',
  'outage',
  'silence',
]);

const directionSchema = z.enum(['up', 'down']);

/** All series, or those of a tenant, a model or a customer; the id of all is empty. */
const groupKeySchema = z
  .object({
    dimension: z.enum(['total', 'tenant', 'model', 'customer']),
    id: z.union([idSchema, z.literal('')]),
  })
  .refine(({ dimension, id }) => (dimension === 'total') === (id === ''), 'names no group');

const deviationSchema = z.object({
  what: z.enum(['spend', 'tokens', 'calls', 'latency', 'unitCost', 'silence', 'stuck']),
  direction: directionSchema,
  startMs: epochMsSchema,
  /** Value / what would be usual. */
  ratio: z.number(),
  score: z.number(),
  /** The view on the series that stood out; null: an exact test. */
  view: z.enum(['value', 'trend', 'profile', 'lasting']).nullable(),
  sinceBins: countSchema,
  watchedBins: countSchema,
});

const memberSchema = z.object({
  group: groupKeySchema,
  family: z.enum([
    'spend-up',
    'spend-down',
    'volume-up',
    'volume-down',
    'price-up',
    'price-down',
    'latency-up',
    'silence',
    'stuck',
  ]),
  startMs: epochMsSchema,
});

const contributionsSchema = z
  .array(
    z.object({
      id: seriesKeySchema.shape.customerId,
      usual: z.number(),
      actual: z.number(),
      /** actual - usual. */
      change: z.number(),
      /** Whole per cent of the whole change; below 0: against it. */
      percent: z.int(),
    }),
  )
  .readonly();

const explanationSchema = z.object({
  /** What the contributions are of, in the unit of the rollups. */
  measure: z.enum(['costMicroUsd', 'calls', 'latencyMsSum']),
  contributions: z.object({
    customers: contributionsSchema,
    models: contributionsSchema,
    tenants: contributionsSchema,
  }),
  first: z.object({ key: groupKeySchema, percent: z.int() }).nullable(),
  /** Micro-dollars; they add up to `extraMicroUsd` of the incident. */
  decomposition: z.object({ volume: z.int(), size: z.int(), mix: z.int(), price: z.int() }),
  usualMicroUsdPerHour: z.int(),
  actualMicroUsdPerHour: z.int(),
  sentence: z.string().min(1).max(MAX_SENTENCE_LENGTH),
});

const severitySchema = z.enum(['minor', 'major', 'critical']);

/** What was said of it at an earlier time, oldest first: enough to show it as it was known then. */
const toldSchema = z.object({
  /** From when on this was said, epoch ms. */
  atMs: epochMsSchema,
  severity: severitySchema,
  score: z.number(),
  extraMicroUsd: z.int(),
  extraMicroUsdPerHour: z.int(),
  /** Empty: it was not explained yet. */
  sentence: z.string().max(MAX_SENTENCE_LENGTH),
});

/** How the root went from some time before the incident on, to be drawn small. */
const outlineSchema = z.object({
  /** What is drawn, in the unit of the rollups; latency in ms per call, `unitCost` in micro-dollars per 1,000 tokens. */
  what: z.enum(['spend', 'tokens', 'calls', 'latency', 'unitCost']),
  /** Start of the first bin, epoch ms, and width of all. */
  fromMs: epochMsSchema,
  binMs: countSchema,
  /** Per bin, ascending in time; null: there was none (the latency of no calls). */
  actual: z.array(z.number().nullable()).max(MAX_OUTLINE_BINS).readonly(),
  /** The trend, and the band of what would not have stood out; as long as `actual`. Null: not known yet. */
  usual: z.array(z.number().nullable()).max(MAX_OUTLINE_BINS).readonly(),
  low: z.array(z.number().nullable()).max(MAX_OUTLINE_BINS).readonly(),
  high: z.array(z.number().nullable()).max(MAX_OUTLINE_BINS).readonly(),
});

/** An incident as the detection tells it. Amounts are of the root, times epoch ms. */
export const incidentSchema = z.object({
  id: incidentIdSchema,
  kind: incidentKindSchema,
  /** The group that it came from. */
  root: groupKeySchema,
  startMs: epochMsSchema,
  peakMs: epochMsSchema,
  /** Null: it goes on. */
  endMs: epochMsSchema.nullable(),
  /** End of what this says. */
  updatedMs: epochMsSchema,
  /** When it was found. */
  foundMs: epochMsSchema,
  severity: severitySchema,
  score: z.number(),
  reason: deviationSchema,
  /** Spent beyond the trend; below 0: not spent. */
  extraMicroUsd: z.int(),
  /** The same for an hour, if it goes on as in the last minutes. */
  extraMicroUsdPerHour: z.int(),
  /** Largest part of everybody's usual spend, calls or waiting that it moved. */
  impact: z.number(),
  members: z.array(memberSchema).readonly(),
  /** Seen in 15 s only, and not yet in a whole minute. */
  isQuick: z.boolean(),
  /** Id of the incident that this one turned out to be part of. */
  mergedInto: incidentIdSchema.nullable(),
  /** Null: not explained yet. */
  explanation: explanationSchema.nullable(),
  history: z.array(toldSchema).max(MAX_HISTORY).readonly(),
  /** Null: nothing to draw. */
  outline: outlineSchema.nullable(),
});

/** What the detection says of one incident, explained. */
export type IncidentReport = z.infer<typeof incidentSchema>;
