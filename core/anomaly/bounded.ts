import type { Contribution, Contributions } from './contributions.ts';
import type { Explanation } from './explanation.ts';
import type { Member } from './incident.ts';

/** Of each dimension; what the others changed is one line more. */
const MOST_CONTRIBUTIONS = 12;
const MOST_MEMBERS = 40;

/** An explanation of a size that can be sent, whose contributions still add up. */
export function boundedExplanation(explanation: Explanation): Explanation {
  const { customers, models, tenants } = explanation.contributions;
  const contributions: Contributions = {
    customers: boundedContributions(customers),
    models: boundedContributions(models),
    tenants: boundedContributions(tenants),
  };
  return { ...explanation, contributions };
}

/** Those that joined first. */
export function boundedMembers(members: readonly Member[]): readonly Member[] {
  return members.slice(0, MOST_MEMBERS);
}

/** The first, and the sum of the others, if they are more than one. */
function boundedContributions(contributions: readonly Contribution[]): readonly Contribution[] {
  if (contributions.length <= MOST_CONTRIBUTIONS + 1) return contributions;
  const others = contributions.slice(MOST_CONTRIBUTIONS);
  const sum = (of: (one: Contribution) => number) =>
    others.reduce((total, one) => total + of(one), 0);
  return [
    ...contributions.slice(0, MOST_CONTRIBUTIONS),
    {
      id: `${others.length} others`,
      usual: sum((one) => one.usual),
      actual: sum((one) => one.actual),
      change: sum((one) => one.change),
      percent: sum((one) => one.percent),
    },
  ];
}
