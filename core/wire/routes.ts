/** Paths of the API, as both sides name them. */
export const ROUTES = {
  health: '/api/health',
  metrics: '/api/metrics',
  history: '/api/metrics/history',
  stats: '/api/stats',
  stream: '/api/stream',
  anomalies: '/api/anomalies',
  ack: '/api/anomalies/:id/ack',
  anomalySettings: '/api/anomalies/settings',
  usage: '/usage',
  /** What the server's own upstream answers, unless another is named. */
  upstreamMessages: '/upstream/messages/current-period',
  upstreamReport: '/upstream/reports/:id',
} as const;

/** Paths that only the server may answer: the service worker never touches a request that starts so. */
export const SERVER_PATHS = ['/api', '/v1', '/usage', '/upstream'] as const;

/** Build id of the server; a reply without it is not ours (a proxy, a captive portal). */
export const BUILD_HEADER = 'Burnrate-Build';

/** The server's clock when it answered, epoch ms. */
export const SERVER_TIME_HEADER = 'Server-Time';
