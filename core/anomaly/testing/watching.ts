import type { Incident } from '../incident.ts';
import { Incidents } from '../incidents.ts';
import { type AnomalySettings, DEFAULT_SETTINGS } from '../settings.ts';
import { Watch } from '../watch.ts';
import type { MadeUsage } from './usage.ts';

export const EPOCH = 'an-epoch';

/** Watch and incidents over made usage, with what was told so far. */
export class Watching {
  readonly usage: MadeUsage;
  readonly watch: Watch;
  readonly incidents: Incidents;
  /** Newest word on each incident, by id, in order of first sight. */
  readonly told = new Map<string, Incident>();

  /** @param state as of `save` */
  constructor(usage: MadeUsage, settings: Partial<AnomalySettings> = {}, state?: string) {
    const all = { ...DEFAULT_SETTINGS, floorMicroUsdPerHour: 0, ...settings };
    const saved = state === undefined ? undefined : JSON.parse(state);
    this.usage = usage;
    this.watch = new Watch(usage.series, { settings: all, utcOffsetMinutes: 0 }, saved?.watch);
    this.incidents = new Incidents(
      this.watch.groups,
      { epoch: EPOCH, settings: all },
      saved?.incidents,
    );
  }

  /** Takes the minutes `[from, to)`. */
  see(from: number, to: number): this {
    for (const report of this.watch.push(this.usage.minutes(from, to)))
      for (const incident of this.incidents.push(report)) this.told.set(incident.id, incident);
    return this;
  }

  /** A line per incident, such as `spend-spike customer:acme 600-630`, in minutes from the start. */
  lines(startMs: number): readonly string[] {
    const minute = (ms: number) => (ms - startMs) / 60_000;
    return [...this.told.values()].map(({ kind, root, startMs: from, endMs, mergedInto }) => {
      const end = endMs === null ? '' : minute(endMs);
      const merged = mergedInto === null ? '' : ' merged';
      return `${kind} ${root.dimension}:${root.id} ${minute(from)}-${end}${merged}`;
    });
  }

  save(): string {
    return JSON.stringify({ watch: this.watch.toState(), incidents: this.incidents.toState() });
  }
}
