import type { ActualAndExpected, Deviation, GroupAlarm } from './group-watch.ts';

/** Deviations of a group that are one and the same matter. */
export type Family =
  | 'spend-up'
  | 'spend-down'
  | 'volume-up'
  | 'volume-down'
  | 'price-up'
  | 'price-down'
  | 'latency-up'
  | 'silence'
  | 'stuck';

/** What is the matter with one group, in one respect, in one bin. */
export interface Strand extends ActualAndExpected {
  readonly group: number;
  readonly family: Family;
  /** Start of its first bin, epoch ms. */
  readonly startMs: number;
  /** At least one. */
  readonly deviations: readonly Deviation[];
}

/** The same for what is the same matter in later bins. */
export function nameOfStrand({ group, family }: Pick<Strand, 'group' | 'family'>): string {
  return `${group}:${family}`;
}

export function strandsOf(alarm: GroupAlarm): readonly Strand[] {
  const { group, actual, expected } = alarm;
  const families = new Map<Family, Deviation[]>();
  for (const deviation of alarm.deviations) {
    const family = familyOf(deviation);
    const others = families.get(family);
    if (others) others.push(deviation);
    else families.set(family, [deviation]);
  }
  return [...families].map(([family, deviations]) => ({
    group,
    family,
    startMs: Math.min(...deviations.map((one) => one.startMs)),
    deviations,
    actual,
    expected,
  }));
}

function familyOf({ what, direction }: Deviation): Family {
  switch (what) {
    case 'silence':
    case 'stuck':
      return what;
    case 'latency':
      return 'latency-up';
    case 'unitCost':
      return `price-${direction}`;
    case 'spend':
      return `spend-${direction}`;
    case 'tokens':
    case 'calls':
      return `volume-${direction}`;
  }
}

/**
 * How much a strand matters: the part of everybody's usual spend, calls or time waited, whichever it is about, that it
 * moves. 0.02: two per cent of it.
 * @param total of everybody
 */
export function impactOf({ family, actual, expected }: Strand, total: ActualAndExpected): number {
  const part = (measure: 'costMicroUsd' | 'calls' | 'latencyMsSum') =>
    Math.abs(actual[measure] - expected[measure]) / Math.max(1, total.expected[measure]);
  if (family === 'latency-up') return part('latencyMsSum');
  const isOfVolume = family.startsWith('volume') || family === 'silence';
  return isOfVolume ? Math.max(part('calls'), part('costMicroUsd')) : part('costMicroUsd');
}
