import type { ActualAndExpected } from './group-watch.ts';
import type { Groups } from './groups.ts';
import { type Family, type Strand, impactOf } from './strand.ts';

/** A narrower group is the root if it has at least this part of the widest's impact. */
const MOST_OF_IT = 0.7;
/** Whoever moves to another model moves all of its usage there, and its own spend by far less. */
const ENOUGH_OF_A_MOVE = 0.1;
const RANK = { customer: 0, model: 1, tenant: 1, total: 2 } as const;

interface Candidate {
  readonly strand: Strand;
  readonly impact: number;
}

/**
 * Which of several strands that began together is the cause of the others: the narrowest group that has most of the
 * impact and is alone with it. A runaway customer moves its tenant, its model and the total as much as itself; a slow model
 * moves several customers, even if one of them uses most of it.
 * @returns undefined: there are no strands
 */
export function rootOf(
  strands: readonly Strand[],
  groups: Groups,
  total: ActualAndExpected,
): Strand | undefined {
  const all = strands.map((strand) => ({ strand, impact: impactOf(strand, total) }));
  const widest = all.reduce<Candidate | undefined>(
    (best, one) => (best && best.impact >= one.impact ? best : one),
    undefined,
  );
  if (!widest) return undefined;
  return all
    .filter((one) => isCauseOf(one.strand, one.impact, widest.impact))
    .filter(({ strand }) => areRelated(strand.group, widest.strand.group, groups))
    .filter(({ strand }) => isAlone(strand, strands, groups))
    .reduce((best, one) => {
      if (isNarrower(one.strand.group, best.strand.group, groups)) return one;
      const isWider = isNarrower(best.strand.group, one.strand.group, groups);
      return !isWider && one.impact > best.impact ? one : best;
    }, widest).strand;
}

/** Whether a narrower group moves so much that a wider one's impact can come from it. */
export function isCauseOf({ family }: Strand, impact: number, widerImpact: number): boolean {
  const isOfPrice = family === 'price-up' || family === 'price-down';
  return impact >= (isOfPrice ? ENOUGH_OF_A_MOVE : MOST_OF_IT) * widerImpact;
}

/** Whether no other group of the same dimension does the same, nor is a wider one silent as a whole. */
export function isAlone(strand: Strand, strands: readonly Strand[], groups: Groups): boolean {
  const { dimension } = groups.keyOf(strand.group);
  return !strands.some((one) => {
    if (one.group === strand.group) return false;
    if (one.family === 'silence' && strand.family === 'silence')
      return !isNarrower(one.group, strand.group, groups);
    const isSibling = groups.keyOf(one.group).dimension === dimension;
    return isSibling && matterOf(one.family) === matterOf(strand.family);
  });
}

function matterOf(family: Family): string {
  return family === 'silence' || family === 'spend-down' ? 'volume-down' : family;
}

export function isNarrower(a: number, b: number, groups: Groups): boolean {
  return RANK[groups.keyOf(a).dimension] < RANK[groups.keyOf(b).dimension];
}

/** Whether one of two groups can be the cause of what the other does: the same, or one inside or across the other. */
export function areRelated(a: number, b: number, groups: Groups): boolean {
  if (a === b) return true;
  const [one, other] = [groups.keyOf(a).dimension, groups.keyOf(b).dimension];
  return one !== other && groups.overlap(a, b);
}
