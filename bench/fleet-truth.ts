import { explain } from '#core/anomaly/explain.ts';
import { type GroupKey, nameOfGroup } from '#core/anomaly/groups.ts';
import type { Incident, IncidentKind } from '#core/anomaly/incident.ts';
import { Incidents } from '#core/anomaly/incidents.ts';
import { QuickLook } from '#core/anomaly/quick-look.ts';
import { type AnomalySettings, DEFAULT_SETTINGS } from '#core/anomaly/settings.ts';
import { Watch } from '#core/anomaly/watch.ts';
import { RESOLUTION_MS } from '#core/time/resolution.ts';
import { type Fleet, createFleet } from '#mock-server/fleet/fleet.ts';
import type { Incident as Truth, IncidentKind as TruthKind } from '#mock-server/fleet/incidents.ts';

const MINUTE_MS = RESOLUTION_MS['1m'];
const HOUR_MS = RESOLUTION_MS['1h'];
const DAY_MS = 24 * HOUR_MS;
const FROM_MS = Date.UTC(2026, 9, 5);
/** Learnt before anything counts. */
const WARM_UP_DAYS = 7;
/** An incident may be noticed to end a little after it did. */
const AFTER_MS = 5 * MINUTE_MS;
const QUICK_BEFORE_MS = 15_000;
/** One hour in so many is looked at quickly all through, for what the quick look makes up. */
const QUICK_HOURS = 19;

/** What counts as the right name for what the simulation did. */
export const RIGHT_KINDS: Readonly<Record<TruthKind, readonly IncidentKind[]>> = {
  'runaway-agent': ['spend-spike'],
  'retry-storm': ['volume', 'latency'],
  'model-switch': ['price-or-mix'],
  'latency-brown-out': ['latency'],
  outage: ['outage'],
};

/** One incident that the simulation made, and what the product made of it. */
export interface Trial {
  readonly truth: Truth;
  /** At its root, while it lasted, of the right kind; undefined: none. */
  readonly found: Incident | undefined;
  /** At its root while it lasted, called something else. */
  readonly isMisnamed: boolean;
  /** Whether the explanation's first contributor is the culprit. */
  readonly isExplained: boolean;
  /** |money told - money true| / |money true|; null: not found, or not alone. */
  readonly moneyError: number | null;
  /** Seconds until a quick look showed the culprit, null: it did not, within a minute; undefined: not looked at. */
  readonly quickDelayS: number | null | undefined;
}

export interface Score {
  readonly trials: readonly Trial[];
  readonly days: number;
  /** Told of while nothing recorded was going on that is related to them. */
  readonly fromNothing: readonly Incident[];
  /** Told of beside a recorded one that is related to them. */
  readonly beside: readonly Incident[];
  /** Minutes with a quick alarm that is of no alarm already on and has nothing recorded behind it, and the hours looked at. */
  readonly quickFalse: number;
  readonly quickHours: number;
}

interface Seen {
  readonly told: readonly Incident[];
  readonly quickDelays: ReadonlyMap<Truth, number | null>;
  readonly quickFalse: number;
  readonly quickHours: number;
}

/** Runs the product's detector over a simulated fleet, from its seed's truth apart. */
export function score(
  seed: number,
  days: number,
  settings: AnomalySettings = DEFAULT_SETTINGS,
): Score {
  const fleet = aFleet(seed, 'on');
  const calm = aFleet(seed, 'off');
  const evalFromMs = FROM_MS + WARM_UP_DAYS * DAY_MS;
  const toMs = evalFromMs + days * DAY_MS;
  const truths = fleet
    .incidentsBetween(evalFromMs, toMs)
    .filter((one) => one.fromMs >= evalFromMs && one.toMs <= toMs);
  const seen = watchAll(fleet, toMs, truths, settings);
  const told = seen.told.filter((one) => one.foundMs > evalFromMs && one.mergedInto === null);
  const trials = truths.map((truth) => trialOf(truth, told, truths, fleet, calm, seen.quickDelays));
  // Those at the edges are no trials, but no strangers either.
  const all = fleet.incidentsBetween(FROM_MS, toMs);
  const strangers = told.filter((one) => !all.some((truth) => isAt(one, truth)));
  const isBeside = (one: Incident) =>
    fleet
      .incidentsBetween(one.startMs - AFTER_MS, (one.endMs ?? toMs) + AFTER_MS)
      .some((truth) => areRelated(fleet, one.root, rootOf(truth)));
  return {
    trials,
    days,
    fromNothing: strangers.filter((one) => !isBeside(one)),
    beside: strangers.filter(isBeside),
    quickFalse: seen.quickFalse,
    quickHours: seen.quickHours,
  };
}

function watchAll(
  fleet: Fleet,
  toMs: number,
  truths: readonly Truth[],
  settings: AnomalySettings,
): Seen {
  const watch = new Watch(fleet.series, { settings, utcOffsetMinutes: 0 });
  const incidents = new Incidents(watch.groups, { epoch: fleet.epoch, settings });
  const told = new Map<string, Incident>();
  const quickDelays = new Map<Truth, number | null>();
  const starts = new Map(
    truths.filter((one) => one.kind === 'runaway-agent').map((one) => [one.fromMs, one]),
  );
  let quickFalse = 0;
  let quickHours = 0;
  let on: ReadonlySet<number> = new Set();
  for (let fromMs = FROM_MS; fromMs < toMs; fromMs += MINUTE_MS) {
    const truth = starts.get(fromMs);
    if (truth) quickDelays.set(truth, quickDelayOf(fleet, watch, settings, truth));
    const hour = Math.floor((fromMs - FROM_MS) / HOUR_MS);
    if (hour >= WARM_UP_DAYS * 24 && hour % QUICK_HOURS === 5) {
      quickHours += 1 / 60;
      quickFalse += quickFalseIn(fleet, watch, settings, fromMs, on);
    }
    const minute = { rows: fleet.rollups(fromMs, fromMs + MINUTE_MS, '1m'), fromMs };
    for (const report of watch.push({ ...minute, toMs: fromMs + MINUTE_MS })) {
      on = new Set(report.alarms.map((one) => one.group));
      for (const incident of incidents.push(report)) told.set(incident.id, incident);
    }
  }
  return { told: [...told.values()], quickDelays, quickFalse, quickHours };
}

/** Seconds after its start at which a quick look shows the culprit; null: not within a minute. */
function quickDelayOf(
  fleet: Fleet,
  watch: Watch,
  settings: AnomalySettings,
  truth: Truth,
): number | null {
  const quick = new QuickLook(watch, settings);
  const stepMs = RESOLUTION_MS['5s'];
  const culprit = watch.groups.numberOf(rootOf(truth));
  for (let at = truth.fromMs - QUICK_BEFORE_MS; at < truth.fromMs + MINUTE_MS; at += stepMs) {
    const rows = fleet.rollups(at, at + stepMs, '5s');
    const report = quick.push({ rows, fromMs: at, toMs: at + stepMs });
    if (at >= truth.fromMs && report?.alarms.some((one) => one.group === culprit))
      return (at + stepMs - truth.fromMs) / 1_000;
  }
  return null;
}

/** 1 if a quick look shows something new in a minute in which nothing recorded goes on, or has just ended; else 0. */
function quickFalseIn(
  fleet: Fleet,
  watch: Watch,
  settings: AnomalySettings,
  fromMs: number,
  on: ReadonlySet<number>,
): number {
  if (fleet.incidentsBetween(fromMs - AFTER_MS, fromMs + MINUTE_MS).length > 0) return 0;
  const quick = new QuickLook(watch, settings);
  const stepMs = RESOLUTION_MS['5s'];
  for (let at = fromMs - 2 * stepMs; at < fromMs + MINUTE_MS; at += stepMs) {
    const rows = fleet.rollups(at, at + stepMs, '5s');
    const report = quick.push({ rows, fromMs: at, toMs: at + stepMs });
    if (report?.alarms.some((one) => !on.has(one.group))) return 1;
  }
  return 0;
}

function trialOf(
  truth: Truth,
  told: readonly Incident[],
  truths: readonly Truth[],
  fleet: Fleet,
  calm: Fleet,
  quickDelays: ReadonlyMap<Truth, number | null>,
): Trial {
  const here = told.filter((one) => isAt(one, truth));
  const found = here.find((one) => RIGHT_KINDS[truth.kind].includes(one.kind));
  const isAlone = !truths.some(
    (other) =>
      other !== truth &&
      other.fromMs < truth.toMs + HOUR_MS &&
      other.toMs > truth.fromMs - HOUR_MS &&
      areRelated(fleet, rootOf(other), rootOf(truth)),
  );
  return {
    truth,
    found,
    isMisnamed: !found && here.length > 0,
    isExplained: found !== undefined && isExplainedBy(found, truth, fleet),
    moneyError: found && isAlone ? moneyErrorOf(found, truth, fleet, calm) : null,
    quickDelayS: quickDelays.get(truth),
  };
}

/** Whether an incident is at the root of a truth while that lasts. */
function isAt(one: Incident, truth: Truth): boolean {
  const isThen = one.startMs < truth.toMs && (one.endMs ?? Number.POSITIVE_INFINITY) > truth.fromMs;
  return isThen && nameOfGroup(one.root) === nameOfGroup(rootOf(truth));
}

function isExplainedBy(found: Incident, truth: Truth, fleet: Fleet): boolean {
  const { startMs } = found;
  const endMs = found.endMs ?? found.updatedMs;
  const { first } = explain(found, {
    series: fleet.series,
    before: fleet.rollups(startMs - HOUR_MS, startMs, '1m'),
    during: fleet.rollups(startMs, endMs, '1m'),
  });
  return first !== null && nameOfGroup(first.key) === nameOfGroup(rootOf(truth));
}

function moneyErrorOf(found: Incident, truth: Truth, fleet: Fleet, calm: Fleet): number {
  const spent = (store: Fleet) => spendOf(store, rootOf(truth), truth.fromMs, truth.toMs);
  const extra = spent(fleet) - spent(calm);
  return Math.abs(found.extraMicroUsd - extra) / Math.max(1, Math.abs(extra));
}

function spendOf(fleet: Fleet, root: GroupKey, fromMs: number, toMs: number): number {
  const rows = fleet.rollups(fromMs, toMs, '1m');
  let spend = 0;
  for (let row = 0; row < rows.length; row++)
    if (isIn(fleet, rows.series[row] ?? 0, root)) spend += rows.costMicroUsd[row] ?? 0;
  return spend;
}

function isIn(fleet: Fleet, series: number, { dimension, id }: GroupKey): boolean {
  const { tenantId, customerId, model } = fleet.series.keyOf(series);
  return { total: '', tenant: tenantId, customer: customerId, model }[dimension] === id;
}

function areRelated(fleet: Fleet, a: GroupKey, b: GroupKey): boolean {
  return fleet.series.keysFrom(0).some((_, id) => isIn(fleet, id, a) && isIn(fleet, id, b));
}

function rootOf({ customerId, tenantId, model }: Truth): GroupKey {
  if (customerId !== null) return { dimension: 'customer', id: customerId };
  return tenantId === null
    ? { dimension: 'model', id: model ?? '' }
    : { dimension: 'tenant', id: tenantId };
}

function aFleet(seed: number, incidents: 'on' | 'off'): Fleet {
  const size = { customers: 100, tenants: 7, tickMs: 1_000 };
  return createFleet({ seed, ...size, incidents, startedAtMs: 0 });
}
