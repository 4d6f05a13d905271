import { DEFAULT_LIVE_SETTINGS, type LiveSettings } from '#core/live/settings.ts';
import type { EvidenceInfo } from '#core/wire/evidence.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import type { StatsReply } from '#core/wire/stats.ts';
import type { SegmentStore, StoredCache } from './segment-store.ts';

/** What is remembered beside the metrics: of the server, and of the user's choices. */
export class Facts {
  readonly #store: SegmentStore;
  /** Server time minus wall clock when a server was last heard, ms. */
  clockOffsetMs: number | null = null;
  source: SourceInfo | null = null;
  settings: LiveSettings = DEFAULT_LIVE_SETTINGS;
  /** Where the metrics were imported from; null: they come from the server. */
  evidence: EvidenceInfo | null = null;

  constructor(store: SegmentStore) {
    this.#store = store;
  }

  take(stored: StoredCache): void {
    this.clockOffsetMs = stored.clockOffsetMs;
    this.source = stored.source;
    this.evidence = stored.evidence;
    // Settings of an older build lack what was added since.
    this.settings = { ...DEFAULT_LIVE_SETTINGS, ...stored.settings };
  }

  async saveServerFacts(clockOffsetMs: number, source: SourceInfo | null): Promise<void> {
    this.clockOffsetMs = clockOffsetMs;
    this.source = source ?? this.source;
    await this.#store.saveServerFacts(clockOffsetMs, source);
  }

  async saveSettings(settings: LiveSettings): Promise<void> {
    this.settings = settings;
    await this.#store.saveSettings(settings);
  }

  saveStats(reply: StatsReply, heardAtMs: number): Promise<void> {
    return this.#store.saveStats(reply, heardAtMs);
  }
}
