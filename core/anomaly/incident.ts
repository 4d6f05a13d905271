import type { Deviation } from './group-watch.ts';
import { type GroupKey, nameOfGroup } from './groups.ts';
import { hashOf } from './hash.ts';
import type { Family, Strand } from './strand.ts';

export type IncidentKind =
  | 'spend-spike'
  | 'volume'
  | 'price-or-mix'
  | 'drop'
  | 'latency'
  | 'outage'
  | 'silence';

export type Severity = 'minor' | 'major' | 'critical';

/** A group that has part in an incident, and in what respect. */
export interface Member {
  readonly group: GroupKey;
  readonly family: Family;
  readonly startMs: number;
}

/** Alarms of one cause, from their beginning on. Amounts are of the root, times epoch ms. */
export interface Incident {
  readonly id: string;
  readonly kind: IncidentKind;
  /** The group that it came from. */
  readonly root: GroupKey;
  /** Start of its first minute, and of the minute in which it was worst. */
  readonly startMs: number;
  readonly peakMs: number;
  /** Null: it goes on. */
  readonly endMs: number | null;
  /** End of what this says. */
  readonly updatedMs: number;
  /** When it was found: the end of the minute, or of the 5 s, that showed it. */
  readonly foundMs: number;
  readonly severity: Severity;
  /** Highest of any deviation. */
  readonly score: number;
  /** The deviation that stood out most at the peak. */
  readonly reason: Deviation;
  /** Spent beyond the trend; below 0: not spent. */
  readonly extraMicroUsd: number;
  /** The same for an hour, if it goes on as in the last minutes. */
  readonly extraMicroUsdPerHour: number;
  /** Largest part of everybody's usual spend, calls or waiting that it moved; see `impactOf`. */
  readonly impact: number;
  readonly members: readonly Member[];
  /** Seen in 15 s only, and not yet in a whole minute. */
  readonly isQuick: boolean;
  /** Id of the incident that this one turned out to be part of. */
  readonly mergedInto: string | null;
}

/** The same wherever and whenever the same data are watched. */
export function incidentIdOf(
  epoch: string,
  kind: IncidentKind,
  root: GroupKey,
  startMs: number,
): string {
  return hashOf([epoch, kind, nameOfGroup(root), startMs].join('\n'));
}

/**
 * What kind of incident the strands of its root make it.
 * @param strands of the root; at least one
 */
export function kindOf(root: GroupKey, strands: readonly Strand[]): IncidentKind {
  const has = (family: Family) => strands.some((one) => one.family === family);
  if (has('silence')) return SILENT[root.dimension];
  if (has('stuck')) return 'silence';
  const volume = strands.find((one) => one.family === 'volume-up');
  if (volume) return isCostly(volume) ? 'spend-spike' : 'volume';
  if (has('price-up')) return 'price-or-mix';
  if (has('spend-up')) return 'spend-spike';
  if (has('latency-up')) return 'latency';
  return has('volume-down') || has('spend-down') ? 'drop' : 'price-or-mix';
}

/** A customer that is silent may just have stopped. */
const SILENT = { total: 'silence', tenant: 'outage', model: 'outage', customer: 'drop' } as const;

/** Whether spend rose at least half as much as calls or tokens did. */
function isCostly({ actual, expected }: Strand): boolean {
  const rise = (measure: 'costMicroUsd' | 'calls' | 'tokens') =>
    actual[measure] / Math.max(1, expected[measure]) - 1;
  return rise('costMicroUsd') >= 0.5 * Math.max(rise('calls'), rise('tokens'));
}

/** What an incident of a kind is told by, if it deviates in that. */
const TELLING: Readonly<Record<IncidentKind, readonly Deviation['what'][]>> = {
  'spend-spike': ['spend', 'calls', 'tokens'],
  volume: ['calls', 'tokens'],
  'price-or-mix': ['unitCost'],
  drop: ['silence', 'spend', 'calls', 'tokens'],
  latency: ['latency'],
  outage: ['silence'],
  silence: ['silence', 'stuck'],
};

/** The deviation that tells most of an incident of a kind. @param deviations at least one */
export function reasonOf(kind: IncidentKind, deviations: readonly Deviation[]): Deviation {
  const telling = deviations.filter(({ what }) => TELLING[kind].includes(what));
  const [first, ...others] = telling.length > 0 ? telling : deviations;
  if (!first) throw new RangeError('an incident without a deviation');
  return others.reduce((worst, one) => (one.score > worst.score ? one : worst), first);
}

/** How strong a score is by itself: a record broken by far. */
const STRONG_SCORE = 1.3;

/** @param impact as by `impactOf` */
export function severityOf(score: number, impact: number): Severity {
  const isStrong = score >= STRONG_SCORE;
  if (impact >= (isStrong ? 0.05 : 0.1)) return 'critical';
  return impact >= (isStrong ? 0.005 : 0.01) ? 'major' : 'minor';
}
