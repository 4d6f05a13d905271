import type { Config } from './config.ts';
import { createFleet } from './fleet/fleet.ts';
import type { MetricStore } from './metric-store.ts';
import { loadTrace } from './trace/load-trace.ts';

export type SourceStart =
  | { ok: true; store: MetricStore; /** One line for the log. */ warning: string | null }
  | { ok: false; reason: string };

/**
 * The source that the configuration names, or one line that says why there is none.
 * @param nowMs the server's clock, epoch ms
 */
export async function openSource(config: Config, nowMs: number): Promise<SourceStart> {
  const { source, dataDir } = config;
  if (source.kind === 'trace') return loadTrace(source.trace, dataDir, nowMs);
  return { ok: true, store: createFleet({ ...source.fleet, startedAtMs: nowMs }), warning: null };
}
