import '../../credits/without-eval.ts';
import type { AnomalySettings } from '#core/anomaly/settings.ts';
import { anomalySettingsBodyOf, parseAnomalySettings } from '#core/wire/anomaly-settings.ts';
import type { Parsed } from '#core/wire/parsed.ts';
import { problemSchema } from '#core/wire/problem.ts';
import { BUILD_HEADER, ROUTES } from '#core/wire/routes.ts';

const REPLY_TIMEOUT_MS = 10_000;

const UNREACHABLE = 'The server cannot be reached';
const NOT_OURS = 'What answered is not the Burnrate server';
const MALFORMED = 'The server’s answer is malformed';
const NOT_OPEN = 'The server’s ledger is not open yet';

/** What counts for all who watch, or why that is not known, in words for people. */
export function askSettings(): Promise<Parsed<AnomalySettings>> {
  return talk({});
}

/** Has settings count for all who watch. */
export function sendSettings(settings: AnomalySettings): Promise<Parsed<AnomalySettings>> {
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify(anomalySettingsBodyOf(settings));
  return talk({ method: 'PUT', headers, body });
}

async function talk(request: RequestInit): Promise<Parsed<AnomalySettings>> {
  try {
    const response = await fetch(ROUTES.anomalySettings, {
      ...request,
      cache: 'no-store',
      signal: AbortSignal.timeout(REPLY_TIMEOUT_MS),
    });
    if (!response.headers.has(BUILD_HEADER)) return { ok: false, reason: NOT_OURS };
    const body: unknown = await response.json();
    if (!response.ok) return { ok: false, reason: reasonOf(response.status, body) };
    const read = parseAnomalySettings(body);
    return read.ok ? read : { ok: false, reason: MALFORMED };
  } catch (error) {
    // Of a network that fails, fetch says no more than that nothing (or not all of it) came.
    return { ok: false, reason: error instanceof SyntaxError ? MALFORMED : UNREACHABLE };
  }
}

function reasonOf(status: number, body: unknown): string {
  if (status === 503) return NOT_OPEN;
  const problem = problemSchema.safeParse(body);
  if (!problem.success) return `The server refused (${status})`;
  return `The server refused: ${problem.data.detail ?? problem.data.title}`;
}
