import type { SegmentInfo } from '#core/rollup/segment.ts';
import { bytesOf } from '#core/rollup/retention.ts';
import { type Resolution, RESOLUTIONS } from '#core/time/resolution.ts';
import { coverageOfSegments } from '#core/rollup/segment.ts';
import type {
  CachedTier,
  Outcome,
  StorageAnswer,
  StorageReport,
  StorageRequest,
} from '#app/protocol/messages.ts';
import type { Cache } from './cache.ts';
import { exportCsv } from './csv-file.ts';
import type { Environment } from './environment.ts';
import { exportEvidence, importEvidence } from './evidence.ts';
import type { SegmentStore } from './segment-store.ts';

const FAILED = 'The storage of this browser failed.';

/** What the user asks of the cache as such: what is in it, to clear it, to take it along. */
export class StorageDesk {
  readonly #environment: Environment;
  readonly #openEvidenceStore: () => SegmentStore;

  /** @param openEvidenceStore where imported files are kept, apart from what the server says */
  constructor(environment: Environment, openEvidenceStore: () => SegmentStore) {
    this.#environment = environment;
    this.#openEvidenceStore = openEvidenceStore;
  }

  /** @param onCleared the cache is empty now; whoever shows it must load it again */
  async answer(cache: Cache, request: StorageRequest, onCleared: () => void): Promise<void> {
    this.#environment.post(await this.#answerTo(cache, request, onCleared));
  }

  async #answerTo(
    cache: Cache,
    request: StorageRequest,
    onCleared: () => void,
  ): Promise<StorageAnswer> {
    const { type } = request;
    switch (type) {
      case 'report-storage':
        return { type, result: await outcomeOf(() => this.#report(cache)) };
      case 'clear-cache': {
        const result = await outcomeOf(() => cache.clear());
        if (result.ok) onCleared();
        return { type, result: result.ok ? { ok: true, value: null } : result };
      }
      case 'export-evidence': {
        const nowMs = this.#environment.wallNow();
        const result = await outcomeOf(() => exportEvidence(cache.store, nowMs));
        if (!result.ok) return { type, result };
        const { value } = result;
        return { type, result: value ? { ok: true, value } : NOTHING_CACHED };
      }
      case 'export-csv': {
        const { compression } = this.#environment;
        const result = await outcomeOf(() => exportCsv(cache, compression, request));
        if (!result.ok) return { type, result };
        const { value } = result;
        return { type, result: value ? { ok: true, value } : NOTHING_CACHED };
      }
      case 'import-evidence': {
        const { compression } = this.#environment;
        const store = this.#openEvidenceStore();
        const result = await outcomeOf(() =>
          importEvidence(store, compression, request.file, request.name),
        );
        return { type, result: result.ok ? result.value : result };
      }
    }
  }

  async #report(cache: Cache): Promise<StorageReport> {
    const epoch = cache.current?.epoch;
    const directory = (await cache.store.directory()).filter((one) => one.epoch === epoch);
    return {
      tiers: RESOLUTIONS.map((resolution) => tierOf(directory, resolution)),
      mostBytes: cache.writer.mostBytes,
      quotaBytes: await this.#environment.storageQuota(),
    };
  }
}

const NOTHING_CACHED = { ok: false, reason: 'Nothing is cached yet.' } as const;

function tierOf(directory: readonly SegmentInfo[], resolution: Resolution): CachedTier {
  const segments = directory.filter((one) => one.resolution === resolution);
  const covered = coverageOfSegments(segments)[resolution];
  return {
    resolution,
    bytes: bytesOf(segments),
    segments: segments.length,
    fromMs: covered[0]?.fromMs ?? null,
    toMs: covered.at(-1)?.toMs ?? null,
    coveredMs: covered.reduce((sum, one) => sum + one.toMs - one.fromMs, 0),
  };
}

/** A storage that fails is told to the user who asked; it changes nothing for the rest. */
async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    const detail = error instanceof Error ? ` (${error.name})` : '';
    return { ok: false, reason: FAILED + detail };
  }
}
