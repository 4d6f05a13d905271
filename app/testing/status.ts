import { DEFAULT_LIVE_SETTINGS } from '#core/live/settings.ts';
import type { WorkerStatus } from '#app/protocol/messages.ts';

/** What a worker says of itself that polls a server it has just found. */
export function aStatus(parts: Partial<WorkerStatus> = {}): WorkerStatus {
  return {
    connection: { kind: 'live', via: 'polling' },
    isSilent: false,
    clockOffsetMs: 0,
    source: { kind: 'fleet', label: 'simulated fleet', isLatencyModelled: false },
    storage: { kind: 'writer' },
    catchUp: null,
    evidence: null,
    settings: DEFAULT_LIVE_SETTINGS,
    ...parts,
  };
}
