import { RESOLUTION_MS } from '#core/time/resolution.ts';
import type { WatchState } from '#core/anomaly/watch.ts';
import type { IncidentReport } from '#core/wire/incidents.ts';
import type { MetricStore } from '../metric-store.ts';
import { Detector, type SettingsLog } from './detector.ts';

/** Done at a time: some tens of milliseconds. */
export const STEP_MS = RESOLUTION_MS['1h'];

/** Whether a step that ends here is the one to keep what was learnt of: an hour before the end, so that that hour can be watched again. */
export function isToKeep(watchedToMs: number, targetMs: number): boolean {
  const leftMs = targetMs - watchedToMs;
  return leftMs >= STEP_MS && leftMs < 2 * STEP_MS;
}

/** A detector that watches the past, a step at a time, until it is where another one is. */
export class Rebuild {
  readonly detector: Detector;
  readonly #fromMs: number;
  /** Newest word on each incident. */
  readonly #found = new Map<string, IncidentReport>();
  #learnt: { readonly toMs: number; readonly watch: WatchState } | null = null;

  /** @param fromMs start of the first minute, epoch ms */
  constructor(store: MetricStore, settings: SettingsLog, fromMs: number) {
    this.detector = new Detector({ store, settings });
    this.#fromMs = fromMs;
  }

  get found(): readonly IncidentReport[] {
    return [...this.#found.values()];
  }

  /** What was learnt about an hour before the end; null: it is not there yet, or there was no hour. */
  get learnt() {
    return this.#learnt;
  }

  /** @returns whether all up to `targetMs` is watched */
  step(targetMs: number): boolean {
    const fromMs = this.detector.watchedToMs ?? this.#fromMs;
    if (fromMs >= targetMs) return true;
    const toMs = Math.min(targetMs, fromMs + STEP_MS);
    for (const report of this.detector.advance(fromMs, toMs)) this.#found.set(report.id, report);
    if (isToKeep(toMs, targetMs)) this.#learnt = { toMs, watch: this.detector.watchState() };
    return toMs >= targetMs;
  }
}
