import type { PricedModel } from '#core/billing/prices.ts';
import { FINEST_MS, RESOLUTION_MS, ceilTo } from '#core/time/resolution.ts';
import { isAwakeAll } from './load.ts';
import type { ModelUse, Profile } from './profiles.ts';
import { type CounterRandom, STREAM } from './random.ts';
import { Recent } from './recent.ts';

export type IncidentKind =
  | 'runaway-agent'
  | 'retry-storm'
  | 'model-switch'
  | 'latency-brown-out'
  | 'outage';

/** Something out of the ordinary that the simulation did, and to whom: the truth that a detector is measured by. */
export interface Incident {
  readonly kind: IncidentKind;
  /** Whole minutes, or of the one asked for with the start whole 5 s; half-open, epoch ms. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Who was hit: the usage that all three fit; null fits all. Of a model switch, `model` is where the traffic went. */
  readonly tenantId: string | null;
  readonly customerId: string | null;
  readonly model: PricedModel | null;
  /** What the calls (runaway agent, retry storm, outage), the latency (brown-out) or the cost of a call (switch) were multiplied by. */
  readonly factor: number;
}

const EVERYBODY = { tenantId: null, customerId: null, model: null };

type Victim = Pick<Incident, 'tenantId' | 'customerId' | 'model'> & { readonly factor?: number };

/** Length in minutes and factor of each kind, each drawn evenly between two limits. The factor of a switch is a matter of prices. */
const LIMITS: Readonly<
  Record<IncidentKind, { minutes: [number, number]; factor: [number, number] }>
> = {
  'runaway-agent': { minutes: [20, 90], factor: [5, 10] },
  'retry-storm': { minutes: [10, 40], factor: [3, 3] },
  'model-switch': { minutes: [120, 360], factor: [1, 1] },
  'latency-brown-out': { minutes: [15, 60], factor: [3, 5] },
  outage: { minutes: [5, 20], factor: [0, 0] },
};

/** Drawn from evenly: what stands here twice comes twice as often. */
const KINDS: readonly IncidentKind[] = [
  'runaway-agent',
  'runaway-agent',
  'retry-storm',
  'model-switch',
  'latency-brown-out',
  'outage',
];

const MINUTE_MS = RESOLUTION_MS['1m'];
const MINUTES_PER_DAY = 1_440;
const DAY_MS = MINUTES_PER_DAY * MINUTE_MS;
const TRIES_PER_DAY = 7;
const CANDIDATES = 8;
/** A switch to a model that is hardly dearer would hardly be seen. */
const LEAST_SWITCH_FACTOR = 1.3;
const DAYS_KEPT = 40;
const LONGEST_MS = LIMITS['model-switch'].minutes[1] * MINUTE_MS;

/** A runaway agent that begins soon after the start of the server, so that one need not wait for one. */
const NOW_DELAY_MS = 10_000;
export const NOW_MS = 45 * MINUTE_MS;
const NOW_FACTOR = 8;
/** Beyond the tries of a day, so that the draws are its own. */
const NOW_TRY = TRIES_PER_DAY;

/** Counters of the draws for one incident. Those for its victim come last: there are several. */
const DRAW = { kind: 0, start: 1, length: 2, factor: 3, victim: 4 } as const;

/** Which incidents there are: a function of the seed and of time alone. */
export class Incidents {
  readonly #random: CounterRandom;
  readonly #profiles: readonly Profile[];
  readonly #mode: 'on' | 'off' | 'now';
  readonly #now: readonly Incident[];
  readonly #days = new Recent<readonly Incident[]>(DAYS_KEPT);

  /** @param startedAtMs when the server was started, for 'now' only */
  constructor(
    random: CounterRandom,
    profiles: readonly Profile[],
    mode: 'on' | 'off' | 'now',
    startedAtMs: number,
  ) {
    this.#random = random;
    this.#profiles = profiles;
    this.#mode = mode;
    this.#now =
      mode === 'now' ? this.#startingAt(ceilTo(startedAtMs + NOW_DELAY_MS, FINEST_MS)) : [];
  }

  /** Every incident of which some part lies in `[fromMs, toMs)`, by start. */
  between(fromMs: number, toMs: number): readonly Incident[] {
    if (this.#mode === 'off') return [];
    const found: Incident[] = [...this.#now];
    const lastDay = Math.floor((toMs - 1) / DAY_MS);
    for (let day = Math.floor((fromMs - LONGEST_MS) / DAY_MS); day <= lastDay; day++)
      found.push(...this.#days.get(day, () => this.#ofDay(day)));
    return found
      .filter((one) => one.fromMs < toMs && one.toMs > fromMs)
      .sort((a, b) => a.fromMs - b.fromMs);
  }

  #ofDay(day: number): readonly Incident[] {
    return Array.from({ length: TRIES_PER_DAY }, (_, attempt) => this.#drawn(day, attempt)).flat();
  }

  /** One incident, or none if nobody drawn for it fits. */
  #drawn(day: number, attempt: number): readonly Incident[] {
    const draw = (counter: number) => this.#random.uniform(STREAM.incident, day, attempt, counter);
    const kind = KINDS[Math.floor(draw(DRAW.kind) * KINDS.length)] ?? 'runaway-agent';
    const { minutes, factor } = LIMITS[kind];
    const fromMinute = day * MINUTES_PER_DAY + Math.floor(draw(DRAW.start) * MINUTES_PER_DAY);
    const toMinute = fromMinute + Math.floor(between(minutes, draw(DRAW.length)));
    const victim = this.#victimOf(kind, fromMinute, toMinute, (counter) =>
      draw(DRAW.victim + counter),
    );
    if (!victim) return [];
    const span = { fromMs: fromMinute * MINUTE_MS, toMs: toMinute * MINUTE_MS };
    return [{ kind, ...span, factor: between(factor, draw(DRAW.factor)), ...victim }];
  }

  /** Every incident that begins or ends within a minute, of which some part lies in `[fromMs, toMs)`. */
  cutBetween(fromMs: number, toMs: number): readonly Incident[] {
    return this.#now.filter((one) => one.fromMs < toMs && one.toMs > fromMs);
  }

  #startingAt(fromMs: number): readonly Incident[] {
    const fromMinute = Math.floor(fromMs / MINUTE_MS);
    const toMs = fromMs + NOW_MS;
    const draw = (counter: number) =>
      this.#random.uniform(STREAM.incident, fromMinute, NOW_TRY, counter);
    const victim = this.#victimOf('runaway-agent', fromMinute, Math.ceil(toMs / MINUTE_MS), draw);
    return victim ? [{ kind: 'runaway-agent', fromMs, toMs, factor: NOW_FACTOR, ...victim }] : [];
  }

  #victimOf(
    kind: IncidentKind,
    fromMinute: number,
    toMinute: number,
    draw: (counter: number) => number,
  ): Victim | undefined {
    const candidates = Array.from(
      { length: CANDIDATES },
      (_, i) => this.#profiles[Math.floor(draw(i) * this.#profiles.length)],
    ).filter((profile) => profile !== undefined);
    if (kind === 'latency-brown-out' || (kind === 'outage' && draw(CANDIDATES) < 0.5))
      return candidates.map(({ uses }) => ({
        ...EVERYBODY,
        model: uses[0]?.call.model ?? null,
      }))[0];
    if (kind === 'outage') return candidates.map(({ tenantId }) => ({ ...EVERYBODY, tenantId }))[0];
    // An incident of somebody who sleeps would be in the list of incidents, but not in the data.
    return candidates
      .filter((profile) => isAwakeAll(this.#random, profile, fromMinute, toMinute))
      .map((profile) => victimIn(kind, profile))
      .find((victim) => victim !== undefined);
  }
}

/** Whether an incident fits a use of a customer. A model switch fits only where the traffic goes to. */
export function isHit(
  incident: Incident,
  profile: Pick<Profile, 'tenantId' | 'customerId'>,
  use: ModelUse,
): boolean {
  return (
    (incident.tenantId ?? profile.tenantId) === profile.tenantId &&
    (incident.customerId ?? profile.customerId) === profile.customerId &&
    (incident.model ?? use.call.model) === use.call.model
  );
}

/** What an incident multiplies by in a stretch of time: its factor, or less if it does not last all of it. */
export function factorIn(
  { fromMs, toMs, factor }: Incident,
  startMs: number,
  endMs: number,
): number {
  const coveredMs = Math.min(toMs, endMs) - Math.max(fromMs, startMs);
  if (coveredMs <= 0) return 1;
  return coveredMs === endMs - startMs
    ? factor
    : 1 + ((factor - 1) * coveredMs) / (endMs - startMs);
}

function victimIn(kind: IncidentKind, { tenantId, customerId, uses }: Profile): Victim | undefined {
  if (kind !== 'model-switch') return { tenantId, customerId, model: null };
  const mean = uses.reduce((sum, use) => sum + use.share * use.call.microUsd, 0);
  const dearest = uses.reduce((a, b) => (b.call.microUsd > a.call.microUsd ? b : a));
  const factor = dearest.call.microUsd / mean;
  return factor < LEAST_SWITCH_FACTOR
    ? undefined
    : { tenantId, customerId, model: dearest.call.model, factor };
}

function between([low, high]: [number, number], draw: number): number {
  return low + (high - low) * draw;
}
