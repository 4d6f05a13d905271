import { formatCountShort, formatUsd } from '../format.ts';
import { useServerStats } from '../server-stats.ts';
import { useTimeFormat } from '../time-format.ts';

interface ServerSumsProps {
  /** Data set on screen: sums of another do not belong to it. */
  readonly epoch: string;
}

/** What the server says of a window that is not all here, with the time that it says it of. */
export function ServerSums({ epoch }: ServerSumsProps) {
  const stats = useServerStats('5m');
  const { formatMinute } = useTimeFormat();
  if (stats === null || stats.epoch !== epoch) return null;
  const { to, totalCost, totalTokens, topCustomers, costByModel } = stats.reply;
  const [customer] = topCustomers;
  const [model] = costByModel;
  return (
    <span className="server-sums">
      {' · '}the server counts {formatUsd(totalCost)} and {formatCountShort(totalTokens)} tokens in
      the 5 min to <time dateTime={new Date(to).toISOString()}>{formatMinute(to)}</time>
      {customer && `, most by ${customer.customerId} (${formatUsd(customer.totalCost)})`}
      {model && ` and on ${model.model} (${formatUsd(model.totalCost)})`}
    </span>
  );
}
