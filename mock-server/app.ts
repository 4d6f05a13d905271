import express, { type Express, type RequestHandler } from 'express';
import { ROUTES, SERVER_PATHS } from '#core/wire/routes.ts';
import { endpointsOf } from './api.ts';
import { compressing } from './compressing.ts';
import {
  anomaliesEndpoint,
  changeSettingsEndpoint,
  decisionEndpoint,
  settingsEndpoint,
} from './ledger/endpoints.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { NewsDesk } from './ledger/news-desk.ts';
import type { MetricStore } from './metric-store.ts';
import { Replies, type RepliesDeps } from './replies.ts';
import { staticApp } from './static-app.ts';
import type { Broadcaster } from './stream/broadcaster.ts';
import { usageEndpoints } from './usage/endpoints.ts';
import type { UsageDesk } from './usage/usage-desk.ts';

export interface AppDeps extends RepliesDeps {
  readonly store: MetricStore;
  /** Speaks for the same store; whoever stops the server closes it. */
  readonly broadcaster: Broadcaster;
  readonly usage: UsageDesk;
  /** Null while it is not open. */
  readonly ledger: () => Ledger | null;
  /** Of the same ledger. */
  readonly news: NewsDesk;
  /** Where the built page is; it may be missing. */
  readonly appFolder: string;
}

/** A note and a name at their longest, each character escaped, and then some. */
const MAX_DECISION_BYTES = 32 * 1024;

const MAX_SETTINGS_BYTES = 1024;

const SECURITY_HEADERS = {
  'Content-Security-Policy': [
    "default-src 'self'",
    // Charts position their parts by style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "worker-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** The API and the page behind one origin; listens to nothing yet. */
export function createApp(deps: AppDeps): Express {
  const replies = new Replies(deps);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('strict routing');
  app.enable('case sensitive routing');
  app.set('query parser', false);
  app.use(withSecurityHeaders);
  app.use(compressing());
  const endpoints = [
    ...endpointsOf(deps.store, deps.build, deps.news),
    ...usageEndpoints(deps.usage, deps.log),
    [ROUTES.anomalies, anomaliesEndpoint(deps)],
  ] as const;
  for (const [path, endpoint] of endpoints) {
    app.route(path).get(replies.answering(endpoint)).all(replies.methodNotAllowed('GET, HEAD'));
  }
  app
    .route(ROUTES.ack)
    .put(replies.taking(MAX_DECISION_BYTES, decisionEndpoint(deps)))
    .all(replies.methodNotAllowed('PUT'));
  app
    .route(ROUTES.anomalySettings)
    .get(replies.answering(settingsEndpoint(deps)))
    .put(replies.taking(MAX_SETTINGS_BYTES, changeSettingsEndpoint(deps)))
    .all(replies.methodNotAllowed('GET, HEAD, PUT'));
  const onlyGet = replies.methodNotAllowed('GET');
  // Left to itself, Express answers HEAD as it answers GET: with a stream.
  app.route(ROUTES.stream).head(onlyGet).get(replies.streaming(deps.broadcaster)).all(onlyGet);
  app.use([...SERVER_PATHS], replies.notFound());
  app.use(staticApp(deps.appFolder));
  app.use(replies.failed());
  return app;
}

const withSecurityHeaders: RequestHandler = (_request, response, next) => {
  response.set(SECURITY_HEADERS);
  next();
};
