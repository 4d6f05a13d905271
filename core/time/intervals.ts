/** A half-open span of time `[fromMs, toMs)`, epoch ms. */
export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Disjoint, non-empty, non-touching intervals in ascending order: the shape of coverage. */
export type IntervalSet = readonly Interval[];

/** The set with `added` in it; touching and overlapping intervals become one. */
export function addInterval(set: IntervalSet, added: Interval): IntervalSet {
  if (added.fromMs >= added.toMs) return set;
  const before = set.filter((one) => one.toMs < added.fromMs);
  const after = set.filter((one) => one.fromMs > added.toMs);
  const touching = set.slice(before.length, set.length - after.length);
  const fromMs = Math.min(added.fromMs, touching[0]?.fromMs ?? added.fromMs);
  const toMs = Math.max(added.toMs, touching.at(-1)?.toMs ?? added.toMs);
  return [...before, { fromMs, toMs }, ...after];
}

/** The set without anything inside `removed`. */
export function removeInterval(set: IntervalSet, removed: Interval): IntervalSet {
  if (removed.fromMs >= removed.toMs) return set;
  return set.flatMap((one) => [
    ...nonEmpty(one.fromMs, Math.min(one.toMs, removed.fromMs)),
    ...nonEmpty(Math.max(one.fromMs, removed.toMs), one.toMs),
  ]);
}

/** The part of the set that lies inside `bounds`. */
export function clipTo(set: IntervalSet, bounds: Interval): IntervalSet {
  return set.flatMap((one) =>
    nonEmpty(Math.max(one.fromMs, bounds.fromMs), Math.min(one.toMs, bounds.toMs)),
  );
}

/** What of `wanted` is not in the set, ascending. */
export function missingFrom(set: IntervalSet, wanted: Interval): IntervalSet {
  return set.reduce<IntervalSet>(
    (rest, one) => removeInterval(rest, one),
    nonEmpty(wanted.fromMs, wanted.toMs),
  );
}

/** Whether all of `wanted` is in the set; an empty interval always is. */
export function isCovered(set: IntervalSet, wanted: Interval): boolean {
  return missingFrom(set, wanted).length === 0;
}

function nonEmpty(fromMs: number, toMs: number): Interval[] {
  return fromMs < toMs ? [{ fromMs, toMs }] : [];
}
