import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { Problem } from '#core/wire/problem.ts';
import { ROUTES } from '#core/wire/routes.ts';
import type { SlowEndpoint } from '../api.ts';
import type { Answer } from '../query.ts';
import { currentMessages, reportWithId } from '../upstream/own-upstream.ts';
import { UpstreamFailure } from './ask-upstream.ts';
import type { UsageDesk } from './usage-desk.ts';

/** The same whatever is wrong upstream: that is for our log, not for whoever asked. */
const UNAVAILABLE: Problem = {
  type: 'about:blank',
  title: 'Service Unavailable',
  status: 503,
  detail: 'What this period used cannot be told now: try again later.',
};

const NO_SUCH_REPORT: Problem = { type: 'about:blank', title: 'Not Found', status: 404 };

/** What is answered to GET about credits, by path, the server's own upstream included. */
export function usageEndpoints(
  desk: UsageDesk,
  log: Pick<Logger, 'error'>,
): ReadonlyMap<string, SlowEndpoint> {
  return new Map<string, SlowEndpoint>([
    [ROUTES.usage, () => answerUsage(desk, log)],
    [ROUTES.upstreamMessages, (_, nowMs) => fresh(currentMessages(nowMs))],
    [
      ROUTES.upstreamReport,
      (parameters) => {
        const report = reportWithId(parameters.get('id') ?? '');
        return report ? fresh(report) : { ok: false, problem: NO_SUCH_REPORT };
      },
    ],
  ]);
}

async function answerUsage(desk: UsageDesk, log: Pick<Logger, 'error'>): Promise<Answer<unknown>> {
  try {
    const reply = await desk.read();
    return { ok: true, tag: hashOf(JSON.stringify(reply)), body: () => reply };
  } catch (error) {
    if (!(error instanceof UpstreamFailure)) throw error;
    log.error({ err: error }, 'the upstream does not say what was used');
    return { ok: false, problem: UNAVAILABLE };
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function fresh(body: object): Answer<unknown> {
  return { ok: true, tag: null, body: () => body };
}
