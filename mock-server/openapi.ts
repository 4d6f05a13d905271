import { z } from 'zod';
import {
  ackReplySchema,
  ackRequestSchema,
  ackSchema,
  anomaliesReplySchema,
  anomalySchema,
  ledgerNewsSchema,
} from '#core/wire/anomalies.ts';
import { anomalySettingsSchema } from '#core/wire/anomaly-settings.ts';
import { healthReplySchema, sourceInfoSchema } from '#core/wire/health.ts';
import { historyReplySchema } from '#core/wire/history.ts';
import { metricUpdateSchema, metricsReplySchema } from '#core/wire/metrics.ts';
import { PROBLEM_TYPE, problemSchema } from '#core/wire/problem.ts';
import { BUILD_HEADER, ROUTES, SERVER_TIME_HEADER } from '#core/wire/routes.ts';
import { statsReplySchema } from '#core/wire/stats.ts';
import { byeSchema, heartbeatSchema, helloSchema } from '#core/wire/stream.ts';
import {
  upstreamMessageSchema,
  upstreamMessagesSchema,
  upstreamReportSchema,
} from '#core/wire/upstream.ts';
import { messageUsageSchema, usageReplySchema } from '#core/wire/usage.ts';
import {
  anomaliesQuerySchema,
  historyQuerySchema,
  metricsQuerySchema,
  statsQuerySchema,
  streamQuerySchema,
} from './query.ts';

/** The schemas that travel, by the name that they have in the document. */
const SCHEMAS = {
  MetricUpdate: metricUpdateSchema,
  MetricsReply: metricsReplySchema,
  HistoryReply: historyReplySchema,
  StatsReply: statsReplySchema,
  SourceInfo: sourceInfoSchema,
  HealthReply: healthReplySchema,
  Hello: helloSchema,
  Heartbeat: heartbeatSchema,
  Bye: byeSchema,
  Anomaly: anomalySchema,
  Ack: ackSchema,
  LedgerNews: ledgerNewsSchema,
  AnomaliesReply: anomaliesReplySchema,
  AckRequest: ackRequestSchema,
  AckReply: ackReplySchema,
  AnomalySettings: anomalySettingsSchema,
  MessageUsage: messageUsageSchema,
  UsageReply: usageReplySchema,
  UpstreamMessage: upstreamMessageSchema,
  UpstreamMessages: upstreamMessagesSchema,
  UpstreamReport: upstreamReportSchema,
  Problem: problemSchema,
};

type SchemaName = keyof typeof SCHEMAS;
type JsonSchema = z.core.JSONSchema.JSONSchema;

const HEADERS = {
  [BUILD_HEADER]: {
    description: 'Build of the server; a reply without it is not ours.',
    required: true,
    schema: { type: 'string' },
  },
  [SERVER_TIME_HEADER]: {
    description: "The server's clock when it answered, epoch ms.",
    required: true,
    schema: { type: 'integer' },
  },
};

/** Describes the API by OpenAPI 3.1, from the very schemas that server and client check with. */
export function openApiDocument() {
  return {
    openapi: '3.1.0',
    info: { title: 'Burnrate', version: '0.1.0' },
    paths: {
      [ROUTES.health]: describeGet('How the server is, and what it serves.', 'HealthReply'),
      [ROUTES.metrics]: describeGet(
        'What was used since an instant, tick by tick; kept for 15 minutes.',
        'MetricsReply',
        metricsQuerySchema,
      ),
      [ROUTES.history]: describeGet(
        'Rollups of closed buckets, packed in columns; one page.',
        'HistoryReply',
        historyQuerySchema,
      ),
      [ROUTES.stats]: describeGet('Sums over a window.', 'StatsReply', statsQuerySchema),
      [ROUTES.stream]: describeStream(),
      [ROUTES.anomalies]: describeAnomalies(),
      [inBraces(ROUTES.ack)]: describeDecision(),
      [ROUTES.anomalySettings]: describeAnomalySettings(),
      [ROUTES.usage]: describeUsage(),
      [ROUTES.upstreamMessages]: describeGet(
        "The server's own upstream: messages of the current billing period.",
        'UpstreamMessages',
      ),
      [inBraces(ROUTES.upstreamReport)]: describeReport(),
    },
    components: { schemas: componentSchemas() },
  };
}

function describeGet(summary: string, reply: SchemaName, query?: z.ZodObject) {
  const problemOf = (description: string) => responseOf(description, PROBLEM_TYPE, 'Problem');
  return {
    get: {
      summary,
      ...(query && { parameters: parametersOf(query) }),
      responses: {
        200: responseOf(summary, 'application/json', reply),
        ...(query && { 400: problemOf('A parameter cannot be used; `parameter` names it.') }),
        default: problemOf('Something else went wrong.'),
      },
    },
  };
}

function describeAnomalies() {
  const summary = 'Incidents, and what people decided about them, that changed after a revision.';
  const { get } = describeGet(summary, 'AnomaliesReply', anomaliesQuerySchema);
  const closed = responseOf('The ledger is not open.', PROBLEM_TYPE, 'Problem');
  return { get: { ...get, responses: { ...get.responses, 503: closed } } };
}

function describeDecision() {
  const summary = 'Takes a decision about an incident; sent twice, it counts once.';
  const problemOf = (description: string) => responseOf(description, PROBLEM_TYPE, 'Problem');
  return {
    put: {
      summary,
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: refTo('AckRequest') } } },
      },
      responses: {
        200: responseOf(summary, 'application/json', 'AckReply'),
        400: problemOf('The body cannot be used; `detail` says why.'),
        404: problemOf('There is no such incident.'),
        409: problemOf('The client id was used for another decision.'),
        413: problemOf('The body is too large.'),
        415: problemOf('The body is not JSON.'),
        503: problemOf('The ledger is not open.'),
        default: problemOf('Something else went wrong.'),
      },
    },
  };
}

function describeAnomalySettings() {
  const summary = 'What anomalies are looked for with, for all who watch.';
  const { get } = describeGet(summary, 'AnomalySettings');
  const problemOf = (description: string) => responseOf(description, PROBLEM_TYPE, 'Problem');
  const responses = { ...get.responses, 503: problemOf('The ledger is not open.') };
  return {
    get: { ...get, responses },
    put: {
      summary: 'Chooses it.',
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: refTo('AnomalySettings') } } },
      },
      responses: {
        ...responses,
        400: problemOf('The body cannot be used; `detail` says why.'),
        413: problemOf('The body is too large.'),
        415: problemOf('The body is not JSON.'),
      },
    },
  };
}

function describeUsage() {
  const { get } = describeGet('What each message of the period used, in credits.', 'UsageReply');
  const untold = responseOf('The upstream does not say it now.', PROBLEM_TYPE, 'Problem');
  return { get: { ...get, responses: { ...get.responses, 503: untold } } };
}

function describeReport() {
  const { get } = describeGet("The server's own upstream: a report.", 'UpstreamReport');
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  const none = responseOf('There is no such report.', PROBLEM_TYPE, 'Problem');
  return { get: { ...get, parameters: [id], responses: { ...get.responses, 404: none } } };
}

/** "/reports/:id" as OpenAPI writes it: "/reports/{id}". */
export function inBraces(path: string): string {
  return path.replaceAll(/:(\w+)/g, '{$1}');
}

/** OpenAPI has no words for a stream of events: what is described are the data of one. */
function describeStream() {
  const events = ['Hello', 'MetricsReply', 'LedgerNews', 'Heartbeat', 'Bye'] as const;
  const schema = { oneOf: events.map((name: SchemaName) => ({ $ref: refTo(name) })) };
  return {
    get: {
      summary: 'What is used, as it becomes known: `hello`, then `metrics` with every tick.',
      parameters: parametersOf(streamQuerySchema),
      responses: {
        200: {
          description:
            'Server-sent events named hello, metrics, anomalies, acks, heartbeat and bye, with these data; that of anomalies and acks is LedgerNews.',
          headers: HEADERS,
          content: { 'text/event-stream': { schema } },
        },
        400: responseOf(
          'A parameter cannot be used; `parameter` names it.',
          PROBLEM_TYPE,
          'Problem',
        ),
      },
    },
  };
}

function responseOf(description: string, type: string, schema: SchemaName) {
  return {
    description,
    headers: HEADERS,
    content: { [type]: { schema: { $ref: refTo(schema) } } },
  };
}

function parametersOf(query: z.ZodObject) {
  const { properties = {}, required = [] } = jsonSchemaOf(query);
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = property as JsonSchema; // true or false, for any or none, it never is
    return { name, in: 'query', description, required: required.includes(name), schema };
  });
}

function componentSchemas() {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    uri: refTo,
    override: withoutPattern,
  });
  // In a document of its own each would need these; inside this one they would move its references.
  for (const schema of Object.values(schemas)) {
    delete schema.$id;
    delete schema.$schema;
  }
  return schemas;
}

function refTo(schema: string): string {
  return `#/components/schemas/${schema}`;
}

function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', override: withoutPattern });
}

/** The format says it; the pattern of a date is a riddle of 300 characters. */
function withoutPattern({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
}
