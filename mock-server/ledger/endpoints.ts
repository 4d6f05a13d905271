import { parseAckRequest } from '#core/wire/anomalies.ts';
import { anomalySettingsBodyOf, parseAnomalySettings } from '#core/wire/anomaly-settings.ts';
import { incidentIdSchema } from '#core/wire/incidents.ts';
import type { Problem } from '#core/wire/problem.ts';
import type { SlowEndpoint, TakingEndpoint } from '../api.ts';
import type { MetricStore } from '../metric-store.ts';
import { type Answer, anomaliesQuerySchema, badParameter, readQuery } from '../query.ts';
import { DatabaseLost } from './database.ts';
import type { Ledger } from './ledger.ts';
import type { NewsDesk } from './news-desk.ts';

/** Incidents and decisions of one reply; what is more is asked for at once. */
const PAGE = 500;

interface Deps {
  readonly store: Pick<MetricStore, 'epoch'>;
  readonly ledger: () => Ledger | null;
  readonly news: Pick<NewsDesk, 'changed'>;
}

const NOT_OPEN = problemOf(503, 'Service Unavailable', 'The ledger is not open: try again later.');

const REFUSED = {
  'unknown-incident': problemOf(404, 'Not Found', 'There is no such incident.'),
  'client-id-taken': problemOf(409, 'Conflict', 'clientId: it was used for another decision'),
} as const;

/** `GET /api/anomalies`. */
export function anomaliesEndpoint({ store, ledger }: Omit<Deps, 'news'>): SlowEndpoint {
  return async (parameters) => {
    const read = readQuery(anomaliesQuerySchema, parameters);
    if (!read.ok) return read;
    const { from, to, sinceRevision } = read.query;
    if (from !== undefined && to !== undefined && from >= to) {
      return { ok: false, problem: badParameter('to', 'give an instant after `from`') };
    }
    const span = { fromMs: from ?? null, toMs: to ?? null };
    const asked = { epoch: store.epoch, ...span, sinceRevision, limit: PAGE };
    return askOpen(ledger, async (open) => fresh(await open.changes(asked)));
  };
}

/** `PUT /api/anomalies/:id/ack`. */
export function decisionEndpoint({ ledger, news }: Omit<Deps, 'store'>): TakingEndpoint {
  return async (parameters, body, nowMs) => {
    const read = parseAckRequest(body);
    if (!read.ok) return { ok: false, problem: problemOf(400, 'Bad Request', read.reason) };
    return askOpen(ledger, async (open) => {
      // What cannot be an id, such as a NUL, is not put to the database, which would not take it.
      const id = incidentIdSchema.safeParse(parameters.get('id'));
      if (!id.success) return { ok: false, problem: REFUSED['unknown-incident'] };
      const decided = await open.decide(id.data, read.value, nowMs);
      if (!decided.ok) return { ok: false, problem: REFUSED[decided.reason] };
      // Nobody who decides waits for the others.
      void news.changed();
      return fresh(decided.reply);
    });
  };
}

/** `GET /api/anomalies/settings`. */
export function settingsEndpoint({ ledger }: Pick<Deps, 'ledger'>): SlowEndpoint {
  return () => askOpen(ledger, async (open) => fresh(anomalySettingsBodyOf(await open.settings())));
}

/** `PUT /api/anomalies/settings`: what is chosen holds for all. */
export function changeSettingsEndpoint({ ledger, news }: Omit<Deps, 'store'>): TakingEndpoint {
  return async (_parameters, body) => {
    const read = parseAnomalySettings(body);
    if (!read.ok) return { ok: false, problem: problemOf(400, 'Bad Request', read.reason) };
    return askOpen(ledger, async (open) => {
      await open.changeSettings(read.value);
      void news.changed();
      return fresh(anomalySettingsBodyOf(read.value));
    });
  };
}

/** What ends while it is asked is not open either: who asks again finds out whether it counted. */
async function askOpen(
  ledger: Deps['ledger'],
  question: (open: Ledger) => Promise<Answer<unknown>>,
): Promise<Answer<unknown>> {
  const open = ledger();
  if (!open) return { ok: false, problem: NOT_OPEN };
  try {
    return await question(open);
  } catch (error) {
    if (error instanceof DatabaseLost) return { ok: false, problem: NOT_OPEN };
    throw error;
  }
}

function fresh(body: object): Answer<unknown> {
  return { ok: true, tag: null, body: () => body };
}

function problemOf(status: number, title: string, detail: string): Problem {
  return { type: 'about:blank', title, status, detail };
}
