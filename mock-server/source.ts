import type { Config } from './config.ts';
import { createFleet } from './fleet/fleet.ts';
import { runawayStart } from './fleet/runaway-start.ts';
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
  const { fleet } = source;
  try {
    const startedAtMs = fleet.incidents === 'now' ? await runawayStart(dataDir, nowMs) : nowMs;
    return { ok: true, store: createFleet({ ...fleet, startedAtMs }), warning: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `The start of the runaway cannot be kept in DATA_DIR: ${why}.` };
  }
}
