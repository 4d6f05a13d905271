import type { Family } from './strand.ts';

const OF_PRICE: ReadonlySet<Family> = new Set(['price-up', 'price-down']);
const OF_VOLUME: ReadonlySet<Family> = new Set(['volume-up', 'volume-down', 'silence']);

/**
 * Whether something about a group is another side of what is the matter with it already, however much later it shows.
 * @param families of the incident
 */
export function isAspectOf(family: Family, families: readonly Family[]): boolean {
  const isPriced = families.some((one) => OF_PRICE.has(one));
  // Other models have other prices, are quicker or slower, and cost more or less.
  if (family === 'latency-up' || OF_PRICE.has(family)) return isPriced;
  if (family === 'spend-up') return isPriced || families.includes('volume-up');
  return family === 'spend-down' && (isPriced || families.includes('volume-down'));
}

/**
 * Whether something about another group may be a consequence of an incident, however much later it shows.
 * @param families of the incident
 * @param isWider whether the other group has the root in it: then it is moved as its parts are
 */
export function isSideEffect(
  family: Family,
  families: readonly Family[],
  isWider: boolean,
): boolean {
  if (family === 'volume-up' || family === 'spend-up' || family === 'silence') return false;
  // Whoever has less, or more, of one model than usual has another mix.
  return isWider || families.some((one) => OF_VOLUME.has(one));
}
