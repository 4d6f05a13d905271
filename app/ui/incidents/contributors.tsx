import type { Anomaly } from '#core/wire/anomalies.ts';
import { formatCountShort, formatDuration } from '../format.ts';
import { signedUsd } from './incident-words.ts';

type Explanation = NonNullable<Anomaly['explanation']>;
type Contributions = Explanation['contributions']['customers'];

const MOST_SHOWN = 3;

const DIMENSIONS = [
  ['customers', 'Customers'],
  ['models', 'Models'],
  ['tenants', 'Tenants'],
] as const;

const TITLES: Readonly<Record<Explanation['measure'], string>> = {
  costMicroUsd: 'Who makes up the extra money',
  calls: 'Who makes up the change of calls',
  latencyMsSum: 'Who waits longer',
};

/** Who makes up the change: of each dimension the parts add up to 100 %. */
export function Contributors({ explanation }: { explanation: Explanation }) {
  const { measure, contributions } = explanation;
  return (
    <div className="contributors" role="group" aria-label={TITLES[measure]}>
      {DIMENSIONS.map(([dimension, title]) => (
        <table key={dimension}>
          <caption>{title}</caption>
          <tbody>
            {withOthers(contributions[dimension]).map(({ id, change, percent }) => (
              <tr key={id}>
                <th scope="row">{id}</th>
                <td>{amountOf(measure, change)}</td>
                <td>{percent} %</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

type Line = Pick<Contributions[number], 'id' | 'change' | 'percent'>;

/** The first ones, and all others as one. */
function withOthers(all: Contributions): readonly Line[] {
  // One line of others would take as much room as the one that it stands for.
  if (all.length <= MOST_SHOWN + 1) return all;
  const others = all.slice(MOST_SHOWN);
  const sum = (of: (one: Line) => number) => others.reduce((total, one) => total + of(one), 0);
  return [
    ...all.slice(0, MOST_SHOWN),
    {
      id: `${others.length} others`,
      change: sum((one) => one.change),
      percent: sum((one) => one.percent),
    },
  ];
}

function amountOf(measure: Explanation['measure'], change: number): string {
  if (measure === 'costMicroUsd') return signedUsd(change);
  const sign = change < 0 ? '-' : '+';
  const size = Math.abs(change);
  if (measure === 'calls') return `${sign}${formatCountShort(size)} calls`;
  return `${sign}${formatDuration(size)} of waiting`;
}
