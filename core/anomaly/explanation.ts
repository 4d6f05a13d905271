import type { Contributions } from './contributions.ts';
import type { Decomposition } from './decompose.ts';
import type { GroupKey } from './groups.ts';

/** What an incident is about, in the unit of the rollups. */
export type Measured = 'costMicroUsd' | 'calls' | 'latencyMsSum';

export interface Explanation {
  /** What the contributions are of: money, or the calls or the waiting where it is not about money. */
  readonly measure: Measured;
  /** Of all that the root used; they add up to the change. */
  readonly contributions: Contributions;
  /** The first of all: of the root's own dimension if that explains it as well as any. */
  readonly first: { readonly key: GroupKey; readonly percent: number } | null;
  /** Of the change of spend against the trend; adds up to `incident.extraMicroUsd`. */
  readonly decomposition: Decomposition;
  readonly usualMicroUsdPerHour: number;
  readonly actualMicroUsdPerHour: number;
  readonly sentence: string;
}
