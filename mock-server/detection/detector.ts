import { Chronicle, type ChronicleState } from '#core/anomaly/chronicle.ts';
import { Incidents, type IncidentsState } from '#core/anomaly/incidents.ts';
import { QuickLook } from '#core/anomaly/quick-look.ts';
import type { AnomalySettings } from '#core/anomaly/settings.ts';
import { BIN_MS, Watch, type WatchState } from '#core/anomaly/watch.ts';
import { rowsWithin } from '#core/rollup/chunk.ts';
import { FINEST_MS, RESOLUTION_MS } from '#core/time/resolution.ts';
import type { IncidentReport } from '#core/wire/incidents.ts';
import type { MetricStore } from '../metric-store.ts';
import { EvidenceBook } from './evidence-book.ts';

/** The hours of the day are those of UTC: the tenants live in several time zones, and one clock cannot fit them all. */
const UTC_OFFSET_MINUTES = 0;
/** Buckets of 5 s that a quick look is made of. */
const LOOK_MS = 3 * FINEST_MS;

/** After a restart so much is watched again, and judged as it was. */
const SETTINGS_KEPT_MS = 3 * RESOLUTION_MS['1h'];

/** From when on which settings counted, oldest first. */
export type SettingsLog = readonly {
  readonly fromMs: number;
  readonly settings: AnomalySettings;
}[];

/** Everything but the watch: small, and kept with every incident. */
export interface DetectorState {
  /** End of what was judged, epoch ms. */
  readonly judgedToMs: number;
  readonly incidents: IncidentsState;
  readonly chronicle: ChronicleState;
  readonly settings: SettingsLog;
}

export interface DetectorOptions {
  readonly store: MetricStore;
  readonly settings: SettingsLog;
  /** What was learnt, up to some time before `state.judgedToMs`. */
  readonly watch?: WatchState;
  readonly state?: DetectorState;
}

/** Detects in one metric store, minute by minute, and in the last 15 s. Knows no clock: it is told how far to go. */
export class Detector {
  readonly #store: MetricStore;
  readonly #watch: Watch;
  readonly #incidents: Incidents;
  readonly #quick: QuickLook;
  readonly #chronicle: Chronicle;
  #settings: SettingsLog;
  #judgedToMs: number;
  #lookedToMs = 0;
  /** Minutes from here on are looked at as they went on, be it later. */
  #lookFromMs = Number.POSITIVE_INFINITY;

  constructor({ store, settings: given, watch, state }: DetectorOptions) {
    const log = state?.settings ?? given;
    const settings = settingsAt(log, watch?.nextMs ?? 0);
    const evidence = new EvidenceBook(store);
    this.#store = store;
    this.#settings = log;
    this.#watch = new Watch(
      store.series,
      { settings, utcOffsetMinutes: UTC_OFFSET_MINUTES },
      watch,
    );
    const { groups } = this.#watch;
    const { epoch } = store;
    this.#incidents = new Incidents(groups, { epoch, settings }, state?.incidents);
    this.#quick = new QuickLook(this.#watch, settings);
    const evidenceOf = (incident: Parameters<EvidenceBook['of']>[0]) => evidence.of(incident);
    this.#chronicle = new Chronicle({ watch: this.#watch, evidenceOf }, state?.chronicle);
    this.#judgedToMs = state?.judgedToMs ?? 0;
  }

  /** End of what was watched, epoch ms; null: nothing was. */
  get watchedToMs(): number | null {
    return this.#watch.watchedToMs;
  }

  /** Other settings for minutes that end after `fromMs`. */
  configure(settings: AnomalySettings, fromMs: number): void {
    const kept = this.#settings.findLastIndex((one) => one.fromMs < fromMs - SETTINGS_KEPT_MS);
    this.#settings = [...this.#settings.slice(Math.max(0, kept)), { fromMs, settings }];
    this.#applySettings(fromMs + 1);
  }

  /** Keeps to what another detection has said of the incidents that go on here too. */
  adopt(told: readonly IncidentReport[]): void {
    this.#chronicle.adopt(told);
  }

  /**
   * Looks at minutes from here on as if it had been there in time: a server that was busy when it started says of what has begun since
   * when it could have been found.
   */
  lookFrom(atMs: number): void {
    this.#lookFromMs = atMs;
  }

  /**
   * Takes minutes, in one go: some hours take a second.
   * @param fromMs of the first, if nothing was watched yet
   * @param toMs end of the last; all up to there is known
   * @returns what is to be told
   */
  advance(fromMs: number, toMs: number): readonly IncidentReport[] {
    const firstMs = this.watchedToMs ?? fromMs;
    if (firstMs >= toMs) return [];
    const rows = this.#store.rollups(firstMs, toMs, '1m');
    const reports: IncidentReport[] = [];
    for (let startMs = firstMs; startMs < toMs; startMs += BIN_MS) {
      const minute = { fromMs: startMs, toMs: startMs + BIN_MS };
      this.#applySettings(minute.toMs);
      if (startMs >= this.#lookFromMs) reports.push(...this.look(minute.toMs));
      const [report] = this.#watch.push({ ...minute, rows: rowsWithin(rows, minute) });
      // What was judged before the restart is only learnt from again.
      if (!report || minute.toMs <= this.#judgedToMs) continue;
      reports.push(...this.#chronicle.take(this.#incidents.push(report), minute.toMs));
      this.#judgedToMs = minute.toMs;
    }
    return reports;
  }

  /**
   * Looks at 15 s after 15 s, at each end of a bucket up to `toMs`, when all minutes before have been taken.
   * @param toMs a multiple of 5 s
   * @returns what is to be told
   */
  look(toMs: number): readonly IncidentReport[] {
    const sinceMs = Math.max(this.#lookedToMs, this.watchedToMs ?? 0);
    const reports: IncidentReport[] = [];
    for (let atMs = sinceMs + FINEST_MS; atMs <= toMs; atMs += FINEST_MS)
      reports.push(...this.#lookAt(atMs));
    this.#lookedToMs = Math.max(this.#lookedToMs, toMs);
    return reports;
  }

  #lookAt(toMs: number): readonly IncidentReport[] {
    // It goes on from the bucket before, or begins with three.
    const fromMs = toMs - FINEST_MS === this.#lookedToMs ? this.#lookedToMs : toMs - LOOK_MS;
    this.#lookedToMs = toMs;
    const rows = this.#store.rollups(fromMs, toMs, '5s');
    const report = this.#quick.push({ rows, fromMs, toMs });
    if (!report) return [];
    return this.#chronicle.take(this.#incidents.pushQuick(report, toMs), toMs);
  }

  /** What was learnt: large. */
  watchState(): WatchState {
    return this.#watch.toState();
  }

  toState(): DetectorState {
    return {
      judgedToMs: this.#judgedToMs,
      incidents: this.#incidents.toState(),
      chronicle: this.#chronicle.toState(),
      settings: this.#settings,
    };
  }

  #applySettings(atMs: number): void {
    const settings = settingsAt(this.#settings, atMs);
    this.#watch.configure(settings);
    this.#incidents.configure(settings);
    this.#quick.configure(settings);
  }
}

function settingsAt(log: SettingsLog, atMs: number): AnomalySettings {
  const entry = log.findLast((one) => one.fromMs < atMs) ?? log[0];
  if (!entry) throw new RangeError('no settings');
  return entry.settings;
}
